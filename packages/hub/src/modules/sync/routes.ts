import { z } from '@hono/zod-openapi';
import { eventStream } from '../../http/event-stream.ts';
import { protectedRoute, type Route } from '../../http/route.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { listProblems } from './problems.ts';
import { getRun, listRuns } from './runs.ts';
import { problemsAnswer, runProgressSchema, runsAnswer, runsQuery } from './schemas.ts';

const WATCH_MS = 1_000;
const params = z.object({ id: z.uuid() });

export const syncRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/runs',
      permission: 'runs:read',
      scope: 'organization',
      tag: 'Sync',
      summary: 'Synchronisation runs, newest first',
      query: runsQuery,
      response: runsAnswer,
    },
    ({ query, organizationId, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => listRuns(trx, organizationId, query)),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/runs/{id}',
      permission: 'runs:read',
      scope: 'organization',
      tag: 'Sync',
      summary: 'One run with its progress',
      params,
      response: runProgressSchema,
      errors: ['not_found'],
    },
    ({ params: { id }, organizationId, services }) =>
      tenantTransaction(services.db, organizationId, (trx) => getRun(trx, organizationId, id, services.clock.now())),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/runs/{id}/events',
      permission: 'runs:read',
      scope: 'organization',
      tag: 'Sync',
      summary: 'Watch a run',
      description: 'Server-sent events named `run`, each the run with its progress, whenever it has changed; ends with the run.',
      params,
      produces: 'text/event-stream',
      errors: ['not_found'],
    },
    async ({ params: { id }, organizationId, services, c }) => {
      const read = () =>
        tenantTransaction(services.db, organizationId, (trx) => getRun(trx, organizationId, id, services.clock.now()));
      // Asked once before the stream begins, so that a wrong id is a problem document and not an empty stream.
      let run = await read();
      return eventStream(c, async (send, signal) => {
        let shown = '';
        for (let number = 1; !signal.aborted;) {
          const { progress, ...facts } = run;
          const now = JSON.stringify([facts, progress.historyShare]);
          if (now !== shown) {
            await send('run', run, String(number));
            number += 1;
            shown = now;
          }
          if (run.finishedAt !== null) return;
          await services.clock.sleep(WATCH_MS, signal).catch(() => undefined);
          if (!signal.aborted) run = await read();
        }
      });
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/problems',
      permission: 'runs:read',
      scope: 'organization',
      tag: 'Sync',
      summary: 'What is wrong with the data, grouped by cause',
      description:
        'Documents that could not be read (their days are partial), shops with a wrong zone, sales whose totals do not add up.',
      response: problemsAnswer,
    },
    ({ organizationId, services }) => tenantTransaction(services.db, organizationId, (trx) => listProblems(trx, organizationId)),
  ),
];
