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
  let out = '';
  for (const part of plan.fields) out += writeField(part, record, view, tree);
  for (const part of plan.relations) {
    const below = tree.get(part.relation.name);
    if (below === undefined && part.relation.always !== true) continue;
    out += writeRelation(part, record, view, below ?? noRelations);
  }
  for (const part of plan.tail) out += writeField(part, record, view, tree);
  return `{${out.slice(1)}}`;
}

/** The wire text of one scalar, unquoted; undefined when the key is absent. Filters, sorts and XML read it as well. */
export function readField<R>(field: Field<R>, record: R, view: View): string | undefined {
  if (field.kind !== 'datetime') return field.read(record, view);
  const seconds = field.at(record, view);
  return seconds === undefined ? undefined : writeStamp(seconds);
}

/** Object for one, array for several, nothing (or `""`) for none: what PHP makes of XML. */
export function collapse(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(',')}]`;
}

interface FieldPart<R> {
  /** `,"name":` */
  readonly key: string;
  readonly field: Field<R>;
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
  if (known !== undefined) return known as Plan<R>;
  const made: Plan<R> = {
    fields: table.fields.map((field) => ({ key: `,${quote(field.name)}:`, field })),
    relations: table.relations.map((relation) => ({ key: `,${quote(relation.name)}:`, relation })),
    tail: (table.tail ?? []).map((field) => ({ key: `,${quote(field.name)}:`, field })),
  };
  plans.set(table, made as Plan<never>);
  return made;
}

function writeField<R>(part: FieldPart<R>, record: R, view: View, tree: RelationTree): string {
  const { field } = part;
  if (field.kind === 'datetime') {
    const seconds = field.at(record, view);
    return seconds === undefined ? '' : `${part.key}"${writeStamp(seconds)}"`;
  }
  if (field.onlyWith !== undefined && !(field.onlyWith === '*' ? tree.size > 0 : tree.has(field.onlyWith))) return '';
  const value = field.read(record, view);
  if (value === undefined) return '';
  if (field.kind === 'text') return part.key + quote(value);
  if (field.kind === 'json') return part.key + value;
  return `${part.key}"${value}"`;
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
