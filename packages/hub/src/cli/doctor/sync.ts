import { sql } from 'kysely';
import { message } from '../../messages/message.ts';
import { deliveryOrigin } from '../../modules/sync/webhooks/manage.ts';
import type { Config } from '../../platform/config.ts';
import type { OpenDatabase } from '../../platform/database/open.ts';
import { systemTransaction } from '../../platform/database/transaction.ts';
import { type Finding, ok, warning } from './finding.ts';

/** A working connection that has read nothing for so long needs a look: polls are minutes apart. */
const SILENT_MINUTES = 30;
/** The POS states its time to the second, and an answer takes a while. */
const POS_SKEW_MAX_SECONDS = 60;
const NAMED_MAX = 5;

/** How reading the tills goes: who has not been read, whose clock differs, what waits, what could not be read. Asks no till anything. */
export async function examineSync({ db }: OpenDatabase, config: Config): Promise<Finding[]> {
  return systemTransaction(db, async (trx) => {
    const connections = await sql<Reading>`
      select c.name, c.provider, extract(epoch from now() - coalesce(c.last_success_at, c.created_at))::float8 / 60 as "silentMinutes",
        c.last_success_at is null as never, c.last_error->>'code' as error,
        coalesce((
          select array_agg(coalesce(w.problem, case when w.remote_id is null then 'not_registered' else '' end)) from webhook w
          where w.organization_id = c.organization_id and w.connection_id = c.id
        ), array['not_registered']) as hooks,
        (select extract(epoch from p.server_time - p.requested_at)::float8 from page p
          where p.organization_id = c.organization_id and p.pos_account_id = c.pos_account_id and p.server_time is not null
            and p.received_at > now() - interval '7 days'
          order by p.received_at desc limit 1) as "skewSeconds"
      from connection c
      where c.state in ('active', 'throttled') and c.pos_account_id is not null
      order by c.name`.execute(trx);
    const waiting = await sql<Waiting>`
      select (select count(*)::int from dirty_day) as days,
        (select count(*)::int from sync_state where lease_until > clock_timestamp()) as held,
        (select count(*)::int from set_aside where resolved_at is null) as "setAside",
        (select count(distinct (organization_id, code, resource))::int from set_aside where resolved_at is null) as causes`.execute(
      trx,
    );
    const [row] = waiting.rows;
    return [
      examineReading(connections.rows),
      examineWebhooks(connections.rows, config),
      examinePosClocks(connections.rows),
      ...(row === undefined ? [] : [examineFigures(row), examineSetAside(row)]),
    ];
  });
}

interface Reading {
  readonly name: string;
  readonly provider: string;
  readonly silentMinutes: number;
  readonly never: boolean;
  readonly error: string | null;
  /** Per webhook: what is wrong with it, or ''. */
  readonly hooks: readonly string[];
  readonly skewSeconds: number | null;
}

interface Waiting {
  readonly days: number;
  readonly held: number;
  readonly setAside: number;
  readonly causes: number;
}

function examineReading(connections: readonly Reading[]): Finding {
  const silent = connections.filter(({ silentMinutes }) => silentMinutes > SILENT_MINUTES);
  const found = message('cli.doctor.reading', { count: connections.length, silent: silent.length });
  if (silent.length === 0) return ok('reading', found);
  const named = names(silent, ({ name, never, silentMinutes, error }) => {
    const since = never ? message('cli.doctor.never_read') : message('cli.doctor.silent', { minutes: Math.round(silentMinutes) });
    return `${name} (${since}${error === null ? '' : `, ${error}`})`;
  });
  return warning('reading', found, message('cli.doctor.look_at_silent', { names: named }));
}

function examineWebhooks(connections: readonly Reading[], config: Config): Finding {
  const able = connections.filter(({ provider }) => provider === 'lightspeed-x');
  if (able.length === 0) return ok('webhooks', message('cli.doctor.no_webhooks'));
  if (deliveryOrigin(config) === null) return ok('webhooks', message('cli.doctor.polled', { count: able.length }));
  const broken = able.filter(({ hooks }) => hooks.some((problem) => problem !== ''));
  const found = message('cli.doctor.webhooks', { count: able.length, working: able.length - broken.length });
  if (broken.length === 0) return ok('webhooks', found);
  const named = names(broken, ({ name, hooks }) => `${name} (${hooks.find((problem) => problem !== '') ?? ''})`);
  return warning('webhooks', found, message('cli.doctor.repair_webhooks', { names: named }));
}

function examinePosClocks(connections: readonly Reading[]): Finding {
  const known = connections.filter(({ skewSeconds }) => skewSeconds !== null);
  const wrong = known.filter(({ skewSeconds }) => Math.abs(skewSeconds ?? 0) > POS_SKEW_MAX_SECONDS);
  const most = Math.round(Math.max(0, ...known.map(({ skewSeconds }) => Math.abs(skewSeconds ?? 0))));
  const found = known.length === 0 ? message('cli.doctor.pos_clock_unknown') : message('cli.doctor.pos_skew', { seconds: most });
  if (wrong.length === 0) return ok('POS clock', found);
  return warning('POS clock', found, message('cli.doctor.set_pos_clock', { names: names(wrong, ({ name }) => name) }));
}

function examineFigures({ days, held }: Waiting): Finding {
  const found = message('cli.doctor.unsummed', { days });
  return days > 0 && held === 0 ? warning('figures', found, message('cli.doctor.sum')) : ok('figures', found);
}

function examineSetAside({ setAside, causes }: Waiting): Finding {
  const found = message('cli.doctor.set_aside', { count: setAside, causes });
  return setAside > 0 ? warning('problems', found, message('cli.doctor.see_problems')) : ok('problems', found);
}

function names<T>(all: readonly T[], name: (one: T) => string): string {
  const shown = all.slice(0, NAMED_MAX).map(name).join(', ');
  return all.length > NAMED_MAX ? `${shown}, … (${all.length})` : shown;
}
