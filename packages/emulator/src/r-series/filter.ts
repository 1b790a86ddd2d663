import { readStamp } from './dates.ts';
import { badRequest } from './errors.ts';
import type { Field, Resource } from './resource.ts';
import { readField } from './serialize.ts';
import type { View } from './view.ts';

/** The operators of R §5. */
export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | '><' | '~' | '!~' | 'IN';

/** One condition, `field=operator,value`, as it was sent. */
export interface Filter {
  /** Canonical name; `Relation.field` for relation filters. */
  readonly name: string;
  readonly operator: Operator;
  /** One operand; two of a between; up to 100 of an `IN`. */
  readonly operands: readonly string[];
}

export type Predicate<R> = (record: R) => boolean;

const operatorForm = /^(><|>=|<=|!=|!~|>|<|~|=|IN),([\s\S]*)$/;
const inListMax = 100;

/** Reads a parameter's value. */
export function readFilter(name: string, value: string): Filter {
  const [, operator, rest] = operatorForm.exec(value) ?? [];
  if (operator === undefined || rest === undefined) return { name, operator: '=', operands: [value] };
  if (operator === 'IN') return { name, operator, operands: readList(name, rest) };
  if (operator !== '><') return { name, operator: operator as Operator, operands: [rest] };
  const bounds = rest.split(',');
  if (bounds.length !== 2) throw badRequest(`The operator >< on '${name}' takes two values separated by a comma.`);
  return { name, operator, operands: bounds };
}

function readList(name: string, text: string): readonly string[] {
  const inner = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const values = inner === '' ? [] : inner.split(',').map((value) => value.trim().replace(/^"(.*)"$/, '$1'));
  if (values.length > inListMax) throw badRequest(`IN on '${name}' takes at most ${inListMax} values, not ${values.length}.`);
  return values;
}

/** A column by any name the query language knows. */
export function fieldNamed<R>(table: Resource<R>, name: string): Field<R> | undefined {
  const isIt = (field: Field<R>): boolean => field.name === name;
  return table.unshown?.find(isIt) ?? table.fields.find(isIt) ?? table.tail?.find(isIt);
}

/**
 * Turns a filter into a check of records. Undefined when the table knows no such name: the caller decides what that means. A missing value
 * matches nothing, as SQL's null does.
 */
export function predicateOf<R>(table: Resource<R>, filter: Filter, view: View): Predicate<R> | undefined {
  const field = fieldNamed(table, filter.name);
  if (field !== undefined) return fieldPredicate(field, filter, view);
  const several = table.filterOnly?.[filter.name];
  if (several !== undefined) {
    const accepts = textAccepts(filter);
    return (record) => several(record, view).some(accepts);
  }
  return relationPredicate(table, filter, view);
}

function fieldPredicate<R>(field: Field<R>, filter: Filter, view: View): Predicate<R> {
  if (field.kind === 'datetime') {
    if (filter.operator === '~' || filter.operator === '!~') {
      const accepts = textAccepts(filter);
      return (record) => acceptsSome(readField(field, record, view), accepts);
    }
    const accepts = numberAccepts(
      filter,
      filter.operands.map((operand) => stampOperand(filter.name, operand, view)),
    );
    return (record) => acceptsSome(field.at(record, view), accepts);
  }
  const isNumeric = field.kind === 'id' || field.kind === 'money' || field.kind === 'number';
  if (isNumeric && filter.operator !== '~' && filter.operator !== '!~') {
    const accepts = numberAccepts(
      filter,
      filter.operands.map((operand) => numberOperand(filter.name, operand)),
    );
    return (record) => {
      const value = field.read(record, view);
      return value !== undefined && accepts(Number(value));
    };
  }
  const wanted = field.kind === 'flag' ? { ...filter, operands: filter.operands.map(readFlag) } : filter;
  const accepts = textAccepts(wanted);
  return (record) => acceptsSome(field.read(record, view), accepts);
}

function acceptsSome<V>(value: V | undefined, accepts: (value: V) => boolean): boolean {
  return value !== undefined && accepts(value);
}

/** `SaleLines.itemID=5`: at least one child matches. */
function relationPredicate<R>(table: Resource<R>, filter: Filter, view: View): Predicate<R> | undefined {
  const dot = filter.name.indexOf('.');
  const relation = table.relations.find((candidate) => candidate.name === filter.name.slice(0, dot));
  if (dot < 0 || relation === undefined) return undefined;
  const inner: Filter = { ...filter, name: filter.name.slice(dot + 1) };
  if (predicateOf(relation.table(), inner, view) === undefined) return undefined;
  return (record) => {
    let found = false;
    relation.visit(record, view, (child, related) => {
      found ||= predicateOf(child, inner, view)?.(related) ?? false;
    });
    return found;
  };
}

function numberAccepts(filter: Filter, operands: readonly number[]): (value: number) => boolean {
  const [first = Number.NaN, second = Number.NaN] = operands;
  switch (filter.operator) {
    case '!=':
      return (value) => value !== first;
    case '>':
      return (value) => value > first;
    case '>=':
      return (value) => value >= first;
    case '<':
      return (value) => value < first;
    case '<=':
      return (value) => value <= first;
    case '><':
      return (value) => value >= first && value <= second;
    case 'IN': {
      const allowed = new Set(operands);
      return (value) => allowed.has(value);
    }
    default:
      return (value) => value === first;
  }
}

function textAccepts(filter: Filter): (value: string) => boolean {
  const operands = filter.operands.map((operand) => operand.toLowerCase());
  const [first = '', second = ''] = operands;
  switch (filter.operator) {
    case '!=':
      return (value) => value.toLowerCase() !== first;
    case '>':
      return (value) => value.toLowerCase() > first;
    case '>=':
      return (value) => value.toLowerCase() >= first;
    case '<':
      return (value) => value.toLowerCase() < first;
    case '<=':
      return (value) => value.toLowerCase() <= first;
    case '><':
      return (value) => value.toLowerCase() >= first && value.toLowerCase() <= second;
    case '~': {
      const pattern = likePattern(first);
      return (value) => pattern.test(value);
    }
    case '!~': {
      const pattern = likePattern(first);
      return (value) => !pattern.test(value);
    }
    case 'IN':
      return (value) => operands.includes(value.toLowerCase());
    default:
      return (value) => value.toLowerCase() === first;
  }
}

/** `%` stands for any text; everything else for itself, without case. */
function likePattern(like: string): RegExp {
  const parts = like.split('%').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`, 'i');
}

function readFlag(operand: string): string {
  if (operand === '1') return 'true';
  return operand === '0' ? 'false' : operand;
}

function numberOperand(name: string, operand: string): number {
  const value = Number(operand);
  if (operand.trim() === '' || Number.isNaN(value)) throw badRequest(`'${operand}' is not a valid number for '${name}'.`);
  return value;
}

/** Epoch seconds of a filter's operand. */
export function stampOperand(name: string, operand: string, view: View): number {
  const seconds = readStamp(operand, view.account.zone);
  if (seconds === undefined) {
    throw badRequest(`'${operand}' is not a valid date for '${name}'. (A + in an offset must be sent as %2B.)`);
  }
  return seconds;
}
