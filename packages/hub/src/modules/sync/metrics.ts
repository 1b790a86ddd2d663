import { Counter, Histogram } from 'prom-client';
import type { Services } from '../../platform/services.ts';
import type { HintOutcome } from './hints.ts';

/** What the engine counts in this process; what the database knows is asked for at each scrape instead. */
export interface SyncMetrics {
  webhookAnswered(outcome: string, seconds: number): void;
  /** @param seconds From the delivery to the figure. */
  hintServed(outcome: HintOutcome, seconds: number): void;
}

const made = new WeakMap<Services['metrics'], SyncMetrics>();

/** The process's own, made once for its registry. */
export function syncMetrics({ metrics }: Pick<Services, 'metrics'>): SyncMetrics {
  const known = made.get(metrics) ?? createSyncMetrics(metrics);
  made.set(metrics, known);
  return known;
}

function createSyncMetrics({ registry }: Services['metrics']): SyncMetrics {
  const registers = [registry];
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
  return {
    webhookAnswered: (outcome, seconds) => webhooks.observe({ outcome }, seconds),
    hintServed(outcome, seconds) {
      outcomes.inc({ outcome });
      hints.observe(seconds);
    },
  };
}
