import { Counter, Gauge, Histogram } from 'prom-client';
import type { Services } from '../../platform/services.ts';
import { posAccountBudgets } from '../connections/pos-client.ts';
import type { HintOutcome } from './hints.ts';
import { registerSyncGauges } from './metrics-gauges.ts';

/** What the engine counts in this process; what the database knows is asked for at each scrape instead. */
export interface SyncMetrics {
  webhookAnswered(outcome: string, seconds: number): void;
  /** @param seconds From the delivery to the figure. */
  hintServed(outcome: HintOutcome, seconds: number): void;
  /** One exchange with a POS. */
  requested(provider: string, request: { readonly status: number | null; readonly throttled: boolean }): void;
  pageCommitted(stream: string, page: { readonly documents: number; readonly changed: number; readonly setAside: number }): void;
  leaseLost(): void;
  sliceEnded(state: string, seconds: number): void;
}

/** So many accounts get a line of their own in a gauge: those that are worst off. */
const ACCOUNTS_SHOWN = 50;
const made = new WeakMap<Services['metrics'], SyncMetrics>();

/** The process's own, made once for its registry. */
export function syncMetrics(services: Services): SyncMetrics {
  const known = made.get(services.metrics);
  if (known !== undefined) return known;
  const metrics = createSyncMetrics(services);
  made.set(services.metrics, metrics);
  registerSyncGauges(services);
  return metrics;
}

function createSyncMetrics(services: Services): SyncMetrics {
  const registers = [services.metrics.registry];
  const webhooks = new Histogram({
    name: 'tillweave_webhook_answer_seconds',
    help: 'How long deliveries of the POS waited for our answer, by what became of them',
    labelNames: ['outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  const hints = new Histogram({
    name: 'tillweave_hint_seconds',
    help: 'From a delivery of the POS to the figure it changed',
    buckets: [0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300],
    registers,
  });
  const outcomes = new Counter({
    name: 'tillweave_hints_total',
    help: 'Hints served, by how they ended',
    labelNames: ['outcome'],
    registers,
  });
  const requests = new Counter({
    name: 'tillweave_pos_requests_total',
    help: 'Requests to the POS, by how they were answered (ok, throttled: status 429, refused: other 4xx, failed: 5xx or no answer)',
    labelNames: ['provider', 'outcome'],
    registers,
  });
  const documents = new Counter({
    name: 'tillweave_documents_total',
    help: 'Documents read from the POS and committed, by stream and what became of them (changed, same, set_aside)',
    labelNames: ['stream', 'outcome'],
    registers,
  });
  const lost = new Counter({
    name: 'tillweave_lease_losses_total',
    help: 'Steps that were thrown away because another process had taken the account over',
    registers,
  });
  const slices = new Histogram({
    name: 'tillweave_slice_seconds',
    help: 'How long slices of work on an account took, by the state they left its run in',
    labelNames: ['state'],
    buckets: [0.1, 0.5, 1, 2, 5, 10, 20, 30, 60],
    registers,
  });
  const budget = new Gauge({
    name: 'tillweave_pos_budget_level_ratio',
    help: 'Spent part of the request budget as this process knows it (0 empty, 1 spent), the fullest accounts',
    labelNames: ['account'],
    registers: [],
    collect() {
      this.reset();
      const known = posAccountBudgets(services).filter(({ size }) => size !== null && size > 0);
      const shares = known.map(({ account, level, size }) => ({ account, share: level / (size ?? 1) }));
      shares.sort((a, b) => b.share - a.share);
      for (const { account, share } of shares.slice(0, ACCOUNTS_SHOWN)) this.set({ account }, share);
    },
  });
  services.metrics.registry.registerMetric(budget);
  return {
    webhookAnswered: (outcome, seconds) => webhooks.observe({ outcome }, seconds),
    hintServed(outcome, seconds) {
      outcomes.inc({ outcome });
      hints.observe(seconds);
    },
    requested: (provider, request) => requests.inc({ provider, outcome: outcomeOf(request) }),
    pageCommitted(stream, page) {
      const same = Math.max(0, page.documents - page.changed - page.setAside);
      if (page.changed > 0) documents.inc({ stream, outcome: 'changed' }, page.changed);
      if (page.setAside > 0) documents.inc({ stream, outcome: 'set_aside' }, page.setAside);
      if (same > 0) documents.inc({ stream, outcome: 'same' }, same);
    },
    leaseLost: () => lost.inc(),
    sliceEnded: (state, seconds) => slices.observe({ state }, seconds),
  };
}

function outcomeOf({ status, throttled }: { readonly status: number | null; readonly throttled: boolean }): string {
  if (throttled) return 'throttled';
  if (status === null || status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'ok';
}
