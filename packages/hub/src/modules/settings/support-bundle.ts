import { arch, platform, release } from 'node:os';
import { sql } from 'kysely';
import { VERSION } from '../../http/version.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { readBacklog } from '../../platform/jobs.ts';
import { mailAvailable } from '../../platform/mail/mail.ts';
import { redact } from '../../platform/redact.ts';
import type { Services } from '../../platform/services.ts';

const RUNS = 50;
const PROBLEMS = 50;

/**
 * What somebody needs who is asked for help: versions, states, and what went wrong lately, of this organization only. Names of
 * connections are in it; no secrets, no documents of the POS, no figures, nobody's personal data.
 */
export async function supportBundle(services: Services, organizationId: string): Promise<Record<string, unknown>> {
  const { config, db, clock, sealer } = services;
  const server = await sql<{ version: string; migration: string | null }>`
    select current_setting('server_version') as version, (select max(name) from schema_migration) as migration`.execute(db);
  const inside = await tenantTransaction(db, organizationId, async (trx) => {
    const connections = await trx
      .selectFrom('connection')
      .select(['id', 'name', 'provider', 'api_type as apiType', 'state', 'state_reason as reason'])
      .select(['state_changed_at as since', 'last_success_at as lastSuccessAt', 'last_error as lastError', 'scopes'])
      .where('organization_id', '=', organizationId)
      .orderBy('created_at')
      .execute();
    const sync = await trx
      .selectFrom('sync_state')
      .select(['pos_account_id as posAccountId', 'wanted', 'done', 'due_at as dueAt', 'retry_at as retryAt'])
      .select('lease_until as leaseUntil')
      .where('organization_id', '=', organizationId)
      .execute();
    const cursors = await trx
      .selectFrom('cursor')
      .select(['pos_account_id as posAccountId', 'stream', 'lane', 'caught_up_at as caughtUpAt', 'updated_at as updatedAt'])
      .where('organization_id', '=', organizationId)
      .orderBy('stream')
      .orderBy('lane')
      .execute();
    const runs = await sql`
      select id, pos_account_id as "posAccountId", state, requests, documents, changed, set_aside as "setAside", throttled, error,
        started_at as "startedAt", finished_at as "finishedAt"
      from run where organization_id = ${organizationId} order by id desc limit ${RUNS}`.execute(trx);
    const problems = await sql`
      select code, resource, path, count(*)::int as count, max(seen_at) as "newestAt"
      from set_aside where organization_id = ${organizationId} and resolved_at is null
      group by code, resource, path order by count(*) desc limit ${PROBLEMS}`.execute(trx);
    const counts = await sql`
      select
        (select count(*)::int from shop where organization_id = ${organizationId}) as shops,
        (select count(*)::int from store where organization_id = ${organizationId}) as stores,
        (select count(*)::int from department where organization_id = ${organizationId}) as departments,
        (select count(*)::int from mapping where organization_id = ${organizationId}) as mappings,
        (select count(*)::int from dirty_day where organization_id = ${organizationId}) as "dirtyDays"`.execute(trx);
    const notifications = await trx
      .selectFrom('notification')
      .select(['kind', 'raised_at as raisedAt'])
      .where('organization_id', '=', organizationId)
      .where('resolved_at', 'is', null)
      .orderBy('id', 'desc')
      .execute();
    return { connections, sync, cursors, runs: runs.rows, problems: problems.rows, counts: counts.rows[0], notifications };
  });
  const bundle = redact({
    madeAt: new Date(clock.now()).toISOString(),
    organizationId,
    versions: {
      tillweave: VERSION,
      node: process.versions.node,
      system: `${platform()} ${release()} ${arch()}`,
      postgresql: server.rows[0]?.version,
      migration: server.rows[0]?.migration,
    },
    setup: {
      publicUrls: config.publicUrls.map(({ url }) => url),
      database: config.databaseUrl === null ? 'embedded' : 'DATABASE_URL',
      mail: mailAvailable(config),
      keyId: sealer.keyId,
      logLevel: config.logLevel,
    },
    backlog: await readBacklog(db),
    ...inside,
  });
  return { ...Object(bundle) };
}
