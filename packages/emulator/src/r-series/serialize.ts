import { AsciiWriter, asciiBytes } from './ascii-writer.ts';
import { noRelations } from './relations.ts';
import type { RelationTree } from './relations.ts';
import type { Field, Relation, RelatedVisitor, Resource } from './resource.ts';
import type { View } from './view.ts';
import { quote, writeStamp } from './wire.ts';

/**
 * One record as JSON text, written straight from the table: a page of sales has tens of thousands of values, and building objects only to
 * stringify them would cost twice.
 */
export function writeRecord<R>(table: Resource<R>, record: R, view: View, tree: RelationTree): string {
  if (table.verbatim !== undefined) return table.verbatim(record);
  // One buffer for all: writing is one uninterrupted call.
  writer.clear();
  putRecord(table, record, view, tree);
  return writer.toString();
}

/**
 * A document that consists of several records, as the value of their key (an object for one, an array for more), and of what stands before and
 * behind them. As bytes: what goes to a socket need not become a text first.
 */
export function writeAround<R>(
  before: string,
  table: Resource<R>,
  records: readonly R[],
  view: View,
  tree: RelationTree,
  behind: string,
): Ascii {
  if (table.verbatim !== undefined) return `${before}${collapse(records.map(table.verbatim))}${behind}`;
  writer.clear();
  writer.text(before);
  if (records.length !== 1) writer.text('[');
  let isFirst = true;
  for (const record of records) {
    if (!isFirst) writer.text(',');
    isFirst = false;
    putRecord(table, record, view, tree);
  }
  if (records.length !== 1) writer.text(']');
  writer.text(behind);
  return writer.toBytes();
}

/** ASCII text, or the bytes of it. */
export type Ascii = string | Buffer<ArrayBuffer>;

/** As text, whatever it is. */
export function asciiText(ascii: Ascii): string {
  return typeof ascii === 'string' ? ascii : ascii.toString('latin1');
}

const writer = new AsciiWriter();

function putRecord<R>(table: Resource<R>, record: R, view: View, tree: RelationTree): void {
  const plan = planOf(table);
  const start = writer.length;
  putFields(plan.fields, record, view, tree);
  for (const part of plan.relations) {
    const below = tree.get(part.relation.name);
    if (below !== undefined || part.relation.always === true) putRelation(part, record, view, below ?? noRelations);
  }
  putFields(plan.tail, record, view, tree);
  // Every part begins with a comma; the first one's gives way to the brace.
  if (writer.length === start) writer.text('{');
  else writer.set(start, '{');
  writer.text('}');
}

/** The wire text of one scalar, unquoted; undefined when the key is absent. Filters, sorts and XML read it as well. */
export function readField<R>(field: Field<R>, record: R, view: View): string | undefined {
  if (field.kind !== 'datetime') return field.read(record, view);
  const seconds = field.at(record, view);
  return seconds === undefined ? undefined : writeStamp(seconds);
}

/** Object for one, array for several: what PHP makes of XML. */
export function collapse(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(',')}]`;
}

interface FieldPart<R> {
  /** `,"name":` (and the opening quote where one follows), or of a field with one value for all: the whole text, value and all. */
  readonly key: Uint8Array;
  readonly field: Field<R> | undefined;
}

interface RelationPart<R> {
  readonly key: string;
  readonly relation: Relation<R>;
}

interface Plan<R> {
  readonly fields: readonly FieldPart<R>[];
  readonly relations: readonly RelationPart<R>[];
  readonly tail: readonly FieldPart<R>[];
}

const plans = new WeakMap<object, Plan<never>>();

function planOf<R>(table: Resource<R>): Plan<R> {
  const known = plans.get(table);
  if (known !== undefined) return known;
  const made: Plan<R> = {
    fields: fieldParts(table.fields),
    relations: table.relations.map((relation) => ({ key: `,${quote(relation.name)}:`, relation })),
    tail: fieldParts(table.tail ?? []),
  };
  plans.set(table, made);
  return made;
}

/** Neighbouring fields with fixed values become one piece of text. */
function fieldParts<R>(fields: readonly Field<R>[]): readonly FieldPart<R>[] {
  const parts: { readonly key: string; readonly field: Field<R> | undefined }[] = [];
  for (const field of fields) {
    const key = `,${quote(field.name)}:`;
    if (field.kind === 'datetime' || field.always === undefined || field.onlyWith !== undefined) {
      parts.push({ key: field.kind === 'text' || field.kind === 'json' ? key : `${key}"`, field });
      continue;
    }
    const written = key + (field.kind === 'json' ? field.always : quote(field.always));
    const before = parts.at(-1);
    if (before !== undefined && before.field === undefined)
      parts[parts.length - 1] = { key: before.key + written, field: undefined };
    else parts.push({ key: written, field: undefined });
  }
  return parts.map(({ key, field }) => ({ key: asciiBytes(key), field }));
}

function putFields<R>(parts: readonly FieldPart<R>[], record: R, view: View, tree: RelationTree): void {
  for (const { key, field } of parts) {
    if (field === undefined) writer.bytes(key);
    else if (field.kind === 'datetime') {
      const seconds = field.at(record, view);
      if (seconds === undefined) continue;
      writer.bytes(key);
      putStamp(seconds);
    } else if (field.onlyWith === undefined || isWanted(field.onlyWith, tree)) {
      const value = field.read(record, view);
      if (value === undefined) continue;
      writer.bytes(key);
      if (field.kind === 'text') writer.text(quote(value));
      else {
        writer.text(value);
        if (field.kind !== 'json') writer.bytes(closingQuote);
      }
    }
  }
}

/** The same as `writeStamp`, with the closing quote, without making a text of it. */
function putStamp(seconds: number): void {
  const day = Math.floor(seconds / 86_400);
  let bytes = dayBytes.get(day);
  if (bytes === undefined) {
    if (dayBytes.size >= daysKept) dayBytes.clear();
    bytes = asciiBytes(writeStamp(day * 86_400).slice(0, -'00:00:00+00:00'.length));
    dayBytes.set(day, bytes);
  }
  writer.bytes(bytes);
  const second = seconds - day * 86_400;
  const minute = Math.floor(second / 60);
  const hour = Math.floor(minute / 60);
  writer.two(hour);
  writer.bytes(colon);
  writer.two(minute - hour * 60);
  writer.bytes(colon);
  writer.two(second - minute * 60);
  writer.bytes(utcEnd);
}

const dayBytes = new Map<number, Uint8Array>();
const daysKept = 5000;
const closingQuote = asciiBytes('"');
const colon = asciiBytes(':');
const utcEnd = asciiBytes('+00:00"');

function isWanted(onlyWith: string, tree: RelationTree): boolean {
  return onlyWith === '*' ? tree.size > 0 : tree.has(onlyWith);
}

function putRelation<R>(part: RelationPart<R>, record: R, view: View, tree: RelationTree): void {
  const { relation, key } = part;
  let count = 0;
  let start = 0;
  const visitor: RelatedVisitor = (table, related) => {
    if (count === 0) {
      writer.text(relation.many ? `${key}{${quote(table.name)}:` : key);
      start = writer.length;
    } else {
      // The second one makes it a list.
      if (count === 1) writer.insert(start, '[');
      writer.text(',');
    }
    count += 1;
    putRecord(table, related, view, tree);
  };
  relation.visit(record, view, visitor);
  if (count === 0) {
    if (relation.empty === 'text') writer.text(`${key}""`);
    return;
  }
  if (count > 1) writer.text(']');
  if (relation.many) writer.text('}');
}
