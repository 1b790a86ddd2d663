/** What is sold: a tree of categories and the same items in all shops, made from the seed. */
import { dice } from './random.ts';
import { FOUNDED } from './shops.ts';
import type { CategoryRecord, ItemRecord } from './types.ts';
import { centsText } from './exact.ts';

interface Shelf {
  readonly name: string;
  readonly nouns: readonly string[];
  /** Cheapest and dearest, in cents. */
  readonly prices: readonly [number, number];
  readonly reduced?: boolean;
  readonly weighed?: boolean;
}

const TREE: readonly { readonly name: string; readonly shelves: readonly Shelf[] }[] = [
  {
    name: 'Clothing',
    shelves: [
      { name: 'Shirts', nouns: ['Shirt', 'Blouse', 'Tee', 'Polo'], prices: [9900, 49900] },
      { name: 'Outerwear', nouns: ['Jacket', 'Raincoat', 'Vest', 'Parka'], prices: [39900, 249900] },
      { name: 'Shoes', nouns: ['Sneaker', 'Boot', 'Sandal', 'Clog'], prices: [29900, 139900] },
    ],
  },
  {
    name: 'Home',
    shelves: [
      { name: 'Kitchen', nouns: ['Mug', 'Bowl', 'Pan', 'Board'], prices: [2995, 59995] },
      { name: 'Textiles', nouns: ['Throw', 'Towel', 'Cushion', 'Rug'], prices: [7900, 89900] },
    ],
  },
  {
    name: 'Food',
    shelves: [
      { name: 'Deli', nouns: ['Cheese', 'Ham', 'Olives', 'Nuts'], prices: [8995, 39995], reduced: true, weighed: true },
      { name: 'Pantry', nouns: ['Jam', 'Tea', 'Coffee', 'Crispbread'], prices: [1995, 12995], reduced: true },
      { name: 'Café', nouns: ['Espresso', 'Bun', 'Soup', 'Lemonade'], prices: [1450, 7950] },
    ],
  },
  {
    name: 'Paper',
    shelves: [
      { name: 'Books', nouns: ['Novel', 'Atlas', 'Cookbook', 'Comic'], prices: [4999, 34999], reduced: true },
      { name: 'Cards', nouns: ['Card', 'Notebook', 'Poster', 'Calendar'], prices: [999, 19999] },
    ],
  },
];

const MOODS = ['Plain', 'Striped', 'Northern', 'Little', 'Blue', 'Sunday', 'Rough', 'Quiet', 'Garden', 'Winter'];

/** How many items; the last one is the bundle. */
export const ITEM_COUNT = 240;

/** The item sold as a bundle of others. */
export const BUNDLE_ITEM = String(ITEM_COUNT);

/** The whole tree as a nested set. */
export function makeCategories(): CategoryRecord[] {
  const rows: CategoryRecord[] = [];
  let node = 0;
  for (const branch of TREE) {
    const parentId = String(rows.length + 1);
    const left = ++node;
    const place = rows.length;
    const children = branch.shelves.map((shelf, index) => ({
      id: String(place + 2 + index),
      name: shelf.name,
      fullPathName: `${branch.name}/${shelf.name}`,
      parentId,
      leftNode: ++node,
      rightNode: ++node,
      nodeDepth: 1,
      timeStamp: FOUNDED,
    }));
    rows.push(
      {
        id: parentId,
        name: branch.name,
        fullPathName: branch.name,
        parentId: null,
        leftNode: left,
        rightNode: ++node,
        nodeDepth: 0,
        timeStamp: FOUNDED,
      },
      ...children,
    );
  }
  return rows;
}

/** Items by id, from `1`. */
export function makeItems(seed: number): ItemRecord[] {
  const categories = makeCategories();
  const shelves = TREE.flatMap((branch) => branch.shelves);
  return Array.from({ length: ITEM_COUNT }, (_unused, index) => {
    const roll = dice(seed, 1, index);
    const shelf = shelves[index % shelves.length] ?? shelves[0];
    if (shelf === undefined) throw new RangeError('the tree has no shelves');
    const [low, high] = shelf.prices;
    // Prices end on 95 or 99 or are round, as people like them.
    const raw = Math.round(low + (high - low) * roll.next() ** 2);
    const price = raw < 2500 ? raw - (raw % 50) + 50 : raw - (raw % 100) + roll.pick([95, 99, 0]);
    const category = categories.find((row) => row.name === shelf.name);
    const bundle = index === ITEM_COUNT - 1;
    return {
      id: String(index + 1),
      description: bundle ? 'Gift box' : `${roll.pick(MOODS)} ${roll.pick(shelf.nouns).toLowerCase()} ${index + 1}`,
      price: centsText(price),
      cost: centsText(Math.round(price * (0.35 + 0.25 * roll.next()))),
      categoryId: category?.id ?? '1',
      taxClassId: shelf.reduced === true && !bundle ? '3' : '1',
      weighed: shelf.weighed === true && !bundle,
      itemType: bundle ? 'assembly' : 'default',
      archived: !bundle && index % 60 === 59,
      timeStamp: FOUNDED,
    };
  });
}
