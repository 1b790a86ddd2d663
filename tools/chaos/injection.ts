/**
 * Kills this very process at an ordered moment. It listens on the driver and on outgoing requests, and knows no code of the product beyond
 * the names of its statements: what runs is what is shipped.
 */
import { writeSync } from 'node:fs';
import pg from 'pg';
import type { Fetch } from '../../packages/hub/src/platform/services.ts';
import type { Phase } from './settings.ts';

export interface KillOrder {
  readonly phase: Phase;
  /** The how-many-th time the moment comes. */
  readonly nth: number;
  /** Some moments have two sides: before and after. */
  readonly late: boolean;
}

let order: KillOrder | null = null;
let passed = 0;

/** From now on; null takes an order back. */
export function orderKill(next: KillOrder | null): void {
  order = next;
  passed = 0;
}

function isOrdered(phase: Phase, late?: boolean): boolean {
  if (order === null || order.phase !== phase || (late !== undefined && order.late !== late)) return false;
  passed += 1;
  return passed >= order.nth;
}

function die(phase: Phase): void {
  order = null;
  writeSync(1, `dying ${phase}\n`);
  process.kill(process.pid, 'SIGKILL');
}

function dieAt(phase: Phase, late?: boolean): void {
  if (isOrdered(phase, late)) die(phase);
}

/** Requests to the POS: one dies before it is sent or when its answer begins; a token answer dies before it is stored. */
export const killingFetch: Fetch = async (request, init) => {
  const url = request instanceof Request ? request.url : String(request);
  const isToken = url.includes('/oauth/token') || url.includes('/api/1.0/token');
  if (!isToken) dieAt('fetch', false);
  const answer = await fetch(request, init);
  if (isToken) {
    if (answer.ok && isOrdered('refresh')) {
      // The till has given the new pair away for good once its answer is read.
      await answer.text();
      die('refresh');
    }
  } else dieAt('fetch', true);
  return answer;
};

type Query = (this: pg.Client, ...parameters: unknown[]) => unknown;

/** What the transaction under way on a connection has written so far. */
const written = new WeakMap<pg.Client, Set<Phase>>();

/** Listens to everything that is sent to the database. */
export function watchStatements(): void {
  const send = Reflect.get(pg.Client.prototype, 'query') as Query;
  const watched: Query = function watchedQuery(...parameters) {
    const { name, text } = statementOf(parameters[0]);
    const kinds = written.get(this) ?? new Set<Phase>();
    written.set(this, kinds);
    if (text === 'begin') kinds.clear();
    if (name.startsWith('ledger.write')) kinds.add('page_transaction');
    if (text.includes('into hint')) kinds.add('webhook');
    if (name === 'facts.sum_payments') dieAt('fact_sum');
    if (text.includes('returning lease_fence')) tellHolder(parameters[1]);
    if (text !== 'commit') return Reflect.apply(send, this, parameters);
    return commit(kinds, () => Reflect.apply(send, this, parameters));
  };
  Object.defineProperty(pg.Client.prototype, 'query', { value: watched, writable: true, configurable: true });
}

/** Before it is sent, with its answer outstanding, or just after. */
function commit(kinds: ReadonlySet<Phase>, send: () => unknown): unknown {
  for (const kind of kinds) dieAt(kind, false);
  const sent = send();
  for (const kind of kinds) if (isOrdered(kind, true)) setImmediate(() => die(kind));
  if (kinds.has('page_transaction') && sent instanceof Promise) {
    return sent.then((result: unknown) => {
      dieAt('after_commit');
      return result;
    });
  }
  return sent;
}

/** Whoever supervises us learns under which name we hold a lease, and gives it back when we are dead. */
function tellHolder(values: unknown): void {
  const holder = Array.isArray(values) ? (values as unknown[])[2] : undefined;
  if (typeof holder === 'string') writeSync(1, `holds ${holder}\n`);
}

function statementOf(query: unknown): { readonly name: string; readonly text: string } {
  if (typeof query === 'string') return { name: '', text: query };
  if (typeof query !== 'object' || query === null) return { name: '', text: '' };
  const { name, text } = query as { readonly name?: unknown; readonly text?: unknown };
  return { name: typeof name === 'string' ? name : '', text: typeof text === 'string' ? text : '' };
}
