import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The process's metrics; `/metrics` prints `registry`. A module adds its own with `registers: [metrics.registry]`. */
export interface Metrics {
  readonly registry: Registry;
  /** Jobs finished, by queue and outcome (`done`, `failed`). */
  readonly jobs: Counter<'queue' | 'outcome'>;
  /** Seconds a job's handler ran, by queue. */
  readonly jobSeconds: Histogram<'queue'>;
}

/** A registry of its own (several may live in one test process), with Node's figures when `withProcess`. */
export function createMetrics({ withProcess = false }: { withProcess?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (withProcess) collectDefaultMetrics({ register: registry });
  new Gauge({ name: 'tillweave_up', help: '1 while the process runs', registers }).set(1);
  return {
    registry,
    jobs: new Counter({ name: 'tillweave_jobs_total', help: 'Jobs finished', labelNames: ['queue', 'outcome'], registers }),
    jobSeconds: new Histogram({
      name: 'tillweave_job_seconds',
      help: 'How long jobs ran',
      labelNames: ['queue'],
      buckets: [0.05, 0.2, 1, 5, 20, 60, 300],
      registers,
    }),
  };
}
