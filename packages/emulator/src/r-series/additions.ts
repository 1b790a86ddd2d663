import type { CategoryRecord, ItemRecord, WorldState } from '../world/types.ts';

/** A gift card made through the API, without money on it yet. */
export interface IssuedCard {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly createTime: number;
}

/** A category as it was asked for; its place in the tree follows from those before it. */
export interface NewCategory {
  readonly name: string;
  readonly parentId: string | null;
  readonly createTime: number;
}

/** Ids of gift cards made here are above those that payments made. */
const firstCardId = 2_000_000_001;

/** Items, categories and gift cards that came through the API: the world does not know them, and sells them all the same. */
export class Additions {
  #items: readonly ItemRecord[] = [];
  #categories: readonly NewCategory[] = [];
  #cards: readonly IssuedCard[] = [];
  #merged: { readonly items: readonly ItemRecord[]; readonly categories: readonly CategoryRecord[] } | undefined;
  #from: { readonly items: readonly ItemRecord[]; readonly categories: readonly CategoryRecord[] } | undefined;

  addItem(item: ItemRecord): void {
    this.#items = [...this.#items, item];
    this.#merged = undefined;
  }

  addCategory(category: NewCategory): void {
    this.#categories = [...this.#categories, category];
    this.#merged = undefined;
  }

  addCard(card: Omit<IssuedCard, 'id'>): IssuedCard {
    const made = { ...card, id: String(firstCardId + this.#cards.length) };
    this.#cards = [...this.#cards, made];
    return made;
  }

  cards(): readonly IssuedCard[] {
    return this.#cards;
  }

  reset(): void {
    this.#items = [];
    this.#categories = [];
    this.#cards = [];
    this.#merged = undefined;
  }

  /** The world with what was added to it; lists stay the same while nothing changes. */
  over(state: WorldState): WorldState {
    if (this.#items.length === 0 && this.#categories.length === 0) return state;
    const from = { items: state.items(), categories: state.categories() };
    if (this.#merged === undefined || this.#from?.items !== from.items || this.#from.categories !== from.categories) {
      this.#from = from;
      this.#merged = {
        items: this.#items.length === 0 ? from.items : [...from.items, ...this.#items],
        categories: this.#categories.reduce(inserted, from.categories),
      };
    }
    const { items, categories } = this.#merged;
    return { ...state, items: () => items, categories: () => categories };
  }
}

/** The last child of its parent: every node to the right of it moves (R §7.11). */
function inserted(tree: readonly CategoryRecord[], { name, parentId, createTime }: NewCategory): CategoryRecord[] {
  const parent = tree.find((node) => node.id === parentId);
  const left = parent?.rightNode ?? tree.reduce((most, node) => Math.max(most, node.rightNode), 0) + 1;
  const moved = tree.map((node) => {
    if (node.rightNode < left) return node;
    const leftNode = node.leftNode >= left ? node.leftNode + 2 : node.leftNode;
    return { ...node, leftNode, rightNode: node.rightNode + 2, timeStamp: createTime };
  });
  const made: CategoryRecord = {
    id: nextId(tree),
    name,
    fullPathName: parent === undefined ? name : `${parent.fullPathName}/${name}`,
    parentId: parent?.id ?? null,
    leftNode: left,
    rightNode: left + 1,
    nodeDepth: (parent?.nodeDepth ?? -1) + 1,
    timeStamp: createTime,
  };
  return [...moved, made];
}

/** One above the highest. */
export function nextId(records: readonly { readonly id: string }[]): string {
  return String(records.reduce((most, record) => Math.max(most, Number(record.id)), 0) + 1);
}
