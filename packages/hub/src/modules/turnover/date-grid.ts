import { type Coverage, worstCoverage } from '../ledger/figure/coverage.ts';
import { bucketStart, columnKey, type ColumnRange, dateColumns } from './columns.ts';
import type { CoverageBook } from './coverage.ts';
import type { Coverage as CoverageName, TurnoverCell, TurnoverColumn, TurnoverGrid, TurnoverTotal } from './schemas.ts';
import type { Sum } from './sums.ts';
import { addSums, blankValues, type Sums, valuesOf } from './values.ts';

export interface GridRow {
  readonly department: { readonly id: string; readonly name: string } | null;
  readonly store: { readonly id: string; readonly name: string };
  readonly departmentIds: readonly string[];
}

export interface GridInput {
  readonly from: string;
  readonly to: string;
  readonly names: readonly string[];
  readonly facts: readonly Sum[];
  readonly coverage: CoverageBook;
  readonly rows: readonly GridRow[];
  /** Whether a row of what no mapping takes belongs to the grid. */
  readonly unmapped: boolean;
}

/** A cell before it is shown: what it sums, how far that can be trusted, and whether its time has come. */
export interface Draft {
  readonly sums: ReadonlyMap<string, number>;
  readonly coverage: Coverage | null;
  readonly hasBegun: boolean;
  readonly hours?: readonly string[];
}

/** The grid by day, week or month. */
export function buildDateGrid(input: GridInput, by: ColumnRange['by'], weekStart: number): TurnoverGrid {
  const columns = dateColumns({ by, from: input.from, to: input.to, weekStart });
  const sums = new Map<string | null, Map<string, ReadonlyMap<string, number>>>();
  for (const fact of input.facts) {
    const key = columnKey(bucketStart(fact.day, by, weekStart), by);
    const ofDepartment = sums.get(fact.departmentId) ?? new Map<string, ReadonlyMap<string, number>>();
    sums.set(fact.departmentId, ofDepartment);
    const before = ofDepartment.get(key);
    ofDepartment.set(key, before === undefined ? fact.sums : total([before, fact.sums]));
  }
  const draft = (departmentIds: readonly string[] | null, column: TurnoverColumn): Draft => {
    const own = (departmentIds ?? [null]).flatMap((id) => sums.get(id)?.get(column.key) ?? []);
    const { coverage, hasBegun } = input.coverage.span(departmentIds, column);
    return { sums: total(own), coverage, hasBegun };
  };
  return assemble(input, columns, draft);
}

/** Rows, the unmapped one and totals from a way to draft any cell; shared by all kinds of column. */
export function assemble(
  input: GridInput,
  columns: TurnoverColumn[],
  draft: (departmentIds: readonly string[] | null, column: TurnoverColumn) => Draft,
): TurnoverGrid {
  const { names } = input;
  const byColumn = columns.map((): Draft[] => []);
  const all: Draft[] = [];
  const lineOf = (departmentIds: readonly string[] | null): { cells: TurnoverCell[]; total: TurnoverTotal } => {
    const drafts = columns.map((column) => draft(departmentIds, column));
    for (const [index, one] of drafts.entries()) byColumn[index]?.push(one);
    const total = combine(drafts);
    all.push(total);
    return {
      cells: columns.map((column, index) => cellOf(column, drafts[index] ?? NOTHING, names)),
      total: show(total, names),
    };
  };
  const rows = input.rows.map(({ department, store, departmentIds }) => ({ department, store, ...lineOf(departmentIds) }));
  const unmapped = input.unmapped ? lineOf(null) : null;
  return {
    from: input.from,
    to: input.to,
    columns,
    rows,
    unmapped,
    totals: columns.map((column, index) => cellOf(column, combine(byColumn[index] ?? []), names)),
    total: show(combine(all), names),
  };
}

/** What is added up of one is that one: a grid has thousands of cells, and most are of one department. */
function total(parts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const [only, ...more] = parts;
  if (only !== undefined && more.length === 0) return only;
  const sums: Sums = new Map();
  for (const part of parts) addSums(sums, part);
  return sums;
}

export function addTo(sums: Map<string, Sums>, key: string, more: Sums): void {
  const known = sums.get(key);
  if (known === undefined) sums.set(key, new Map(more));
  else addSums(known, more);
}

const NOTHING: Draft = { sums: new Map(), coverage: null, hasBegun: false };

function combine(drafts: readonly Draft[]): Draft {
  // The same of many cells counts once.
  const coverage = new Set<Coverage>();
  for (const draft of drafts) if (draft.coverage !== null) coverage.add(draft.coverage);
  return {
    sums: total(drafts.map((draft) => draft.sums)),
    coverage: worstCoverage([...coverage]),
    hasBegun: drafts.some((draft) => draft.hasBegun),
  };
}

function cellOf(column: TurnoverColumn, draft: Draft, names: readonly string[]): TurnoverCell {
  const { coverage, values } = show(draft, names);
  const cell = { column: column.key, coverage, values };
  return draft.hours === undefined ? cell : { ...cell, hours: [...draft.hours] };
}

/**
 * What is shown: a figure where anything was read, 0 where all was read and nothing sold; nothing where nothing was read, where no shop is
 * mapped, and where the time has not come.
 */
function show({ sums, coverage, hasBegun }: Draft, names: readonly string[]): TurnoverTotal {
  const state: CoverageName = coverage?.state ?? (sums.size > 0 ? 'partial' : 'not_applicable');
  const isBlank = state === 'not_applicable' || ((state === 'missing' || !hasBegun) && sums.size === 0);
  return { coverage: state, values: isBlank ? blankValues(names) : valuesOf(names, sums) };
}
