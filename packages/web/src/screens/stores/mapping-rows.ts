import type { Mapping, MappingInput } from '../../api/stores.ts';

/** The first business day of all: "from the beginning". */
export const BEGINNING = '0001-01-01';

/** One line of the form. Dates are empty for "always"; the source is empty until chosen. */
export interface MappingRow {
  readonly key: string;
  readonly id: string | null;
  readonly source: string;
  readonly departmentId: string;
  readonly from: string;
  readonly until: string;
}

interface Source {
  readonly posAccountId: string;
  readonly shopId: string;
  readonly registerId: string | null;
}

/** A source as one text, for a list of choices. */
export function sourceText({ posAccountId, shopId, registerId }: Source): string {
  return JSON.stringify([posAccountId, shopId, registerId]);
}

/** The source of such a text. */
export function sourceOf(text: string): Source {
  const [posAccountId, shopId, registerId] = JSON.parse(text) as [string, string, string | null];
  return { posAccountId, shopId, registerId };
}

export function toRow(mapping: Mapping): MappingRow {
  return {
    key: mapping.id,
    id: mapping.id,
    source: sourceText(mapping),
    departmentId: mapping.departmentId,
    from: mapping.from === BEGINNING ? '' : mapping.from,
    until: mapping.until ?? '',
  };
}

/** Another store's mapping of the same source that holds in the row's time; null when the row is free to take it. */
export function heldBy(row: MappingRow, all: readonly Mapping[], storeId: string): Mapping | null {
  if (row.source === '') return null;
  const [from, until] = [row.from || BEGINNING, row.until || '9999-12-31'];
  return (
    all.find(
      (other) =>
        other.storeId !== storeId &&
        sourceText(other) === row.source &&
        other.from < until &&
        (other.until === null || other.until > from),
    ) ?? null
  );
}

/**
 * What to save so that a store has these rows: every mapping of the shops that are or were in them. Another store's mapping of the same
 * source ends where a row of this store begins; one that begins later than the row stays, and the server refuses the two.
 */
export function mappingsToSave(
  rows: readonly MappingRow[],
  all: readonly Mapping[],
  storeId: string,
): { shops: { posAccountId: string; shopId: string }[]; mappings: MappingInput[] } {
  const wanted = rows.filter(({ source }) => source !== '').map(toInput);
  const own = all.filter((mapping) => mapping.storeId === storeId);
  const shops = new Map<string, { posAccountId: string; shopId: string }>();
  for (const { posAccountId, shopId } of [...own, ...wanted])
    shops.set(sourceText({ posAccountId, shopId, registerId: null }), { posAccountId, shopId });
  const others = all
    .filter((mapping) => mapping.storeId !== storeId && shops.has(sourceText({ ...mapping, registerId: null })))
    .map(({ id, posAccountId, shopId, registerId, departmentId, from, until }): MappingInput => ({
      id,
      posAccountId,
      shopId,
      registerId,
      departmentId,
      from,
      until: earliest(
        until,
        wanted.filter((row) => sourceText(row) === sourceText({ posAccountId, shopId, registerId }) && row.from > from),
      ),
    }));
  return { shops: [...shops.values()], mappings: [...others, ...wanted] };
}

function toInput({ id, source, departmentId, from, until }: MappingRow): MappingInput {
  return {
    ...(id === null ? {} : { id }),
    ...sourceOf(source),
    departmentId,
    from: from || BEGINNING,
    until: until || null,
  };
}

function earliest(until: string | null, taking: readonly MappingInput[]): string | null {
  return taking.reduce<string | null>((end, { from }) => (end === null || from < end ? from : end), until);
}
