import type { ItemRecord } from '../../world/types.ts';
import { nextId } from '../additions.ts';
import type { Additions } from '../additions.ts';
import { badRequest } from '../errors.ts';
import type { View } from '../view.ts';
import { readChildren, readDecimalField, readField, readIdField } from './body.ts';
import type { Body } from './body.ts';

const itemTypes: readonly string[] = ['default', 'non_inventory', 'assembly'] satisfies ItemRecord['itemType'][];

/** `POST Item.json` (R §7.11): the price is the default one of `Prices`. Answers with the id. */
export function createItem(body: Body, additions: Additions, view: View): string {
  const description = readField(body, 'description') ?? '';
  if (description === '') throw badRequest('Item not created. An Item must have a description.');
  const prices = readChildren(body, 'Prices', 'ItemPrice') ?? [];
  const price = prices.find((entry) => (readField(entry, 'useType') ?? 'Default') === 'Default');
  const categoryId = readIdField(body, 'categoryID');
  if (typeof categoryId === 'string' && view.category(categoryId) === undefined)
    throw badRequest(`There is no Category with ID '${categoryId}'.`);
  const id = nextId(view.state.items());
  additions.addItem({
    id,
    description,
    price: (price === undefined ? undefined : readDecimalField(price, 'amount')) ?? '0',
    cost: readDecimalField(body, 'defaultCost') ?? '0',
    categoryId: categoryId ?? '0',
    taxClassId: readIdField(body, 'taxClassID') ?? '1',
    weighed: false,
    itemType: readItemType(body),
    archived: false,
    timeStamp: second(view),
  });
  return id;
}

/** `POST Category.json` (R §7.11). Answers with the id. */
export function createCategory(body: Body, additions: Additions, view: View): string {
  const name = readField(body, 'name') ?? '';
  if (name === '') throw badRequest('Category not created. A Category must have a name.');
  const parentId = readIdField(body, 'parentID') ?? null;
  if (parentId !== null && view.category(parentId) === undefined) throw badRequest(`There is no Category with ID '${parentId}'.`);
  const id = nextId(view.state.categories());
  additions.addCategory({ name, parentId, createTime: second(view) });
  return id;
}

/** `POST CreditAccount.json` `{code, name}`: a gift card with nothing on it (R §7.9, §8.5). Answers with the id. */
export function createGiftCard(body: Body, additions: Additions, view: View): string {
  const code = readField(body, 'code') ?? '';
  if (!/^[\w-]{8,32}$/.test(code)) throw badRequest('CreditAccount not created. A code has 8 to 32 characters.');
  if (additions.cards().some((card) => card.code === code)) throw badRequest(`CreditAccount not created. '${code}' exists.`);
  return additions.addCard({ code, name: readField(body, 'name') ?? 'Gift Card', createTime: second(view) }).id;
}

function readItemType(body: Body): ItemRecord['itemType'] {
  const wanted = readField(body, 'itemType') ?? 'default';
  if (!isItemType(wanted)) throw badRequest(`'${wanted}' is not an itemType this emulator makes.`);
  return wanted;
}

function isItemType(text: string): text is ItemRecord['itemType'] {
  return itemTypes.includes(text);
}

function second(view: View): number {
  return Math.floor(view.state.now / 1000) * 1000;
}
