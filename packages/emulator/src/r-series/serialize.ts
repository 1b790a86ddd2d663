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
  const plan = planOf(table);
  let out = writeFields(plan.fields, record, view, tree);
  for (const part of plan.relations) {
    const below = tree.get(part.relation.name);
    if (below === undefined && part.relation.always !== true) continue;
    out += writeRelation(part, record, view, below ?? noRelations);
  }
  out += writeFields(plan.tail, record, view, tree);
  // Every part begins with a comma; the first one's gives way to the brace. Where the first is known to be there, it has the brace already:
  // cutting a long text costs a copy of it.
  return plan.opens ? `${out}}` : `{${out.slice(1)}}`;
}

/** The wire text of one scalar, unquoted; undefined when the key is absent. Filters, sorts and XML read it as well. */
export function readField<R>(field: Field<R>, record: R, view: View): string | undefined {
  if (field.kind !== 'datetime') return field.read(record, view);
  const seconds = field.at(record, view);
  return seconds === undefined ? undefined : writeStamp(seconds);
}

/** Object for one, array for several, nothing (or `""`) for none: what PHP makes of XML. */
export function collapse(texts: readonly string[]): string {
  const [first = '', ...rest] = texts;
  if (rest.length === 0) return first;
  // Concatenated, not joined: the pieces are copied only once, when the whole page is sent.
  let out = `[${first}`;
  for (const text of rest) out += `,${text}`;
  return `${out}]`;
}

interface FieldPart<R> {
  /** `,"name":`, or of a field with one value for all: the whole text, value and all. */
  readonly key: string;
  readonly field: Field<R> | undefined;
}

interface RelationPart<R> {
  readonly key: string;
  readonly relation: Relation<R>;
}

interface Plan<R> {
  /** The first field is in every record and brings the opening brace. */
  readonly opens: boolean;
  readonly fields: readonly FieldPart<R>[];
  readonly relations: readonly RelationPart<R>[];
  readonly tail: readonly FieldPart<R>[];
}

const plans = new WeakMap<object, Plan<never>>();

function planOf<R>(table: Resource<R>): Plan<R> {
  const known = plans.get(table);
  if (known !== undefined) return known;
  const opens = table.fields[0]?.kind === 'id';
  const fields = fieldParts(table.fields);
  const made: Plan<R> = {
    opens,
    fields: opens ? fields.map((part, index) => (index === 0 ? { ...part, key: `{${part.key.slice(1)}` } : part)) : fields,
    relations: table.relations.map((relation) => ({ key: `,${quote(relation.name)}:`, relation })),
    tail: fieldParts(table.tail ?? []),
  };
  plans.set(table, made);
  return made;
}

/** Neighbouring fields with fixed values become one piece of text. */
function fieldParts<R>(fields: readonly Field<R>[]): readonly FieldPart<R>[] {
  const parts: FieldPart<R>[] = [];
  for (const field of fields) {
    const key = `,${quote(field.name)}:`;
    if (field.kind === 'datetime' || field.always === undefined || field.onlyWith !== undefined) {
      parts.push({ key, field });
      continue;
    }
    const written = key + (field.kind === 'json' ? field.always : quote(field.always));
    const before = parts.at(-1);
    if (before !== undefined && before.field === undefined)
      parts[parts.length - 1] = { key: before.key + written, field: undefined };
    else parts.push({ key: written, field: undefined });
  }
  return parts;
}

function writeFields<R>(parts: readonly FieldPart<R>[], record: R, view: View, tree: RelationTree): string {
  let out = '';
  for (const { key, field } of parts) {
    if (field === undefined) out += key;
    else if (field.kind === 'datetime') {
      const seconds = field.at(record, view);
      if (seconds !== undefined) out += `${key}"${writeStamp(seconds)}"`;
    } else if (field.onlyWith === undefined || isWanted(field.onlyWith, tree)) {
      const value = field.read(record, view);
      if (value === undefined) continue;
      if (field.kind === 'text') out += key + quote(value);
      else if (field.kind === 'json') out += key + value;
      else out += `${key}"${value}"`;
    }
  }
  return out;
}

function isWanted(onlyWith: string, tree: RelationTree): boolean {
  return onlyWith === '*' ? tree.size > 0 : tree.has(onlyWith);
}

function writeRelation<R>(part: RelationPart<R>, record: R, view: View, tree: RelationTree): string {
  const { relation } = part;
  const texts: string[] = [];
  let child = '';
  const visitor: RelatedVisitor = (table, related) => {
    child = table.name;
    texts.push(writeRecord(table, related, view, tree));
  };
  relation.visit(record, view, visitor);
  if (texts.length === 0) return relation.empty === 'text' ? `${part.key}""` : '';
  return relation.many ? `${part.key}{${quote(child)}:${collapse(texts)}}` : part.key + (texts[0] ?? '');
}
