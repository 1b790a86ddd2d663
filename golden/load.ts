/**
 * The golden documents: till situations with hand-written POS documents and the cents they must give, worked out in prose in the `.md`
 * beside each. They are read by the tests of the normaliser and the kernel, of the emulator and of the whole hub.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TillEvent } from '../packages/emulator/src/world/events.ts';

export type GoldenCase = GoldenOf<GoldenDocuments>;

/** An X-Series case. */
export type XGoldenCase = GoldenOf<XGoldenDocuments>;

/** A case of either series. */
interface GoldenOf<Documents> {
  /** The exact words of the domain design for the trade names; our own for combined cases. */
  readonly name: string;
  /** Rule ids the case is about. */
  readonly rules: readonly string[];
  readonly settings: GoldenSettings;
  /** The same story as till events; null when no till can do it. */
  readonly events: readonly TillEvent[] | null;
  /** The newest documents on the wire's own spelling. */
  readonly documents: Documents;
  readonly expected: { readonly cells: readonly GoldenCell[]; readonly lines?: readonly GoldenLine[] };
  /** What a reader saw before a correction, and its cells then. */
  readonly earlier?: { readonly documents: Documents; readonly cells: readonly GoldenCell[] };
  /** The prose. */
  readonly prose: string;
  /** File name without ending. */
  readonly file: string;
}

export interface GoldenSettings extends GoldenPlace {
  readonly currency: string;
  readonly minorDigits: number;
  /** By shop id, where a case is about several. */
  readonly shops?: Readonly<Record<string, GoldenPlace>>;
}

export interface GoldenPlace {
  readonly timeZone: string;
  readonly dayStartHour: number;
}

/** The same X-Series sales in each shape: of API 2.0, of the dated versions, and (where the case is about it) of the webhook. */
export interface XGoldenDocuments {
  readonly flat: readonly unknown[];
  readonly nested: readonly unknown[];
  readonly webhook?: readonly unknown[];
}

/** R-Series documents by resource. */
export interface GoldenDocuments {
  readonly Sale: readonly unknown[];
  readonly [resource: string]: unknown;
}

/** Shop × register × business day × hour; zero measures are left out, cells of zeros only as well. */
export interface GoldenCell {
  readonly shopID: string;
  /** `""` is none. */
  readonly registerID: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** UTC start, `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly hour: string;
  /** Integer cents and counts; quantities as decimal text. */
  readonly measures: Readonly<Record<string, number | string>>;
}

/** Cents of one line, where the prose goes that deep. */
export interface GoldenLine {
  readonly saleID: string;
  readonly lineID: string;
  readonly net: number;
  readonly tax: number;
  readonly discount: number;
  readonly discountIncl: number;
}

/**
 * Every R-Series case, by file name.
 * @throws Error naming the file when one is not shaped as it must be.
 */
export function loadGolden(): readonly GoldenCase[] {
  return loadSeries('r-series', (documents) => (Array.isArray(documents['Sale']) ? null : 'documents.Sale must be a list'));
}

/**
 * Every X-Series case, by file name.
 * @throws Error naming the file when one is not shaped as it must be.
 */
export function loadXGolden(): readonly XGoldenCase[] {
  return loadSeries('x-series', ({ flat, nested, webhook = flat }) =>
    Array.isArray(flat) && [nested, webhook].every((list) => Array.isArray(list) && list.length === flat.length)
      ? null
      : 'documents must hold the same sales in each shape',
  );
}

/** What X-Series documents refer to, as lists of API 2.0; `retailer` is one record. */
export interface XGoldenLookUps {
  readonly retailer: unknown;
  readonly outlets: readonly unknown[];
  readonly registers: readonly unknown[];
  readonly users: readonly unknown[];
  readonly payment_types: readonly unknown[];
  readonly taxes: readonly unknown[];
  readonly products: readonly unknown[];
  readonly customers: readonly unknown[];
}

export function loadXLookUps(): XGoldenLookUps {
  const text = readFileSync(join(import.meta.dirname, 'x-series', 'look-ups', 'retailer.json'), 'utf8');
  return JSON.parse(text) as XGoldenLookUps;
}

/** Zone and day start of a shop in a case. */
export function placeOfShop(settings: GoldenSettings, shopId: string): GoldenPlace {
  return settings.shops?.[shopId] ?? settings;
}

/** Cells in a fixed order, for comparison. */
export function inOrder<T extends GoldenCell>(cells: readonly T[]): readonly T[] {
  return cells.toSorted((a, b) => (cellKey(a) < cellKey(b) ? -1 : 1));
}

export function cellKey(cell: Pick<GoldenCell, 'shopID' | 'registerID' | 'day' | 'hour'>): string {
  return [cell.shopID, cell.registerID, cell.day, cell.hour].join(' | ');
}

/** What is wrong with a case's documents, or null. */
type DocumentsCheck = (documents: Readonly<Record<string, unknown>>) => string | null;

function loadSeries<Documents>(series: string, check: DocumentsCheck): readonly GoldenOf<Documents>[] {
  const folder = join(import.meta.dirname, series);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.toSorted().map((fileName) => {
    const file = basename(fileName, '.json');
    const parsed: unknown = JSON.parse(readFileSync(join(folder, fileName), 'utf8'));
    const prose = readFileSync(join(folder, `${file}.md`), 'utf8');
    const problem = shapeProblem(parsed, check);
    if (problem !== null) throw new Error(`golden/${series}/${fileName}: ${problem}`);
    return { ...(parsed as Omit<GoldenOf<Documents>, 'prose' | 'file'>), prose, file };
  });
}

const HOUR = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00Z$/u;
const DAY = /^\d{4}-\d{2}-\d{2}$/u;

function shapeProblem(value: unknown, check: DocumentsCheck): string | null {
  if (!isRecord(value)) return 'not an object';
  if (typeof value['name'] !== 'string' || !Array.isArray(value['rules'])) return 'name and rules are missing';
  const { settings, documents, expected, events } = value;
  if (!isRecord(settings) || typeof settings['timeZone'] !== 'string' || !Number.isInteger(settings['minorDigits']))
    return 'settings';
  if (!isRecord(documents)) return 'documents';
  const wrong = check(documents);
  if (wrong !== null) return wrong;
  if (events !== null && !Array.isArray(events)) return 'events must be a list or null';
  if (!isRecord(expected) || !Array.isArray(expected['cells'])) return 'expected.cells must be a list';
  const cells: readonly unknown[] = expected['cells'];
  return cells.every(isCell) ? null : 'a cell has a bad key, hour or measure';
}

function isCell(cell: unknown): boolean {
  if (!isRecord(cell) || !isRecord(cell['measures'])) return false;
  if (!DAY.test(String(cell['day'])) || !HOUR.test(String(cell['hour']))) return false;
  return Object.values(cell['measures']).every(
    (measure) => measure !== 0 && (Number.isInteger(measure) || typeof measure === 'string'),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
