import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';

/** What the card of one connection is made of, beside the connection itself. */
export interface CardRow {
  readonly id: string;
  readonly hosts: unknown;
  readonly last_success_at: Date | null;
  readonly sealed: string | null;
  readonly credential_expires_at: Date | null;
  readonly stated_expires_on: string | null;
  readonly never_expires: boolean | null;
  readonly client_row_id: string | null;
  readonly client_name: string | null;
  readonly client_id: string | null;
  readonly attested_text: string | null;
  readonly attested_by_name: string | null;
  readonly attested_at: Date | null;
  readonly link_email: string | null;
  readonly link_expires_at: Date | null;
  readonly due_at: Date | null;
  readonly first_at: Date | null;
  readonly last_change_at: Date | null;
  /** The newest run that the POS answered. */
  readonly last_run_at: Date | null;
  readonly run_started_at: Date | null;
  readonly run_documents: number | null;
  readonly history: { readonly lastId: string | null; readonly goalId: string | null } | null;
  readonly history_done: boolean;
  readonly departments: readonly { readonly id: string; readonly name: string }[];
  readonly unmapped_shops: number;
}

/** One statement for all cards; every part is read by its key or by an index that the account leads. */
export async function readCardRows(
  trx: Transaction<Database>,
  organizationId: string,
  connectionIds: readonly string[],
  now: Date,
): Promise<CardRow[]> {
  const today = now.toISOString().slice(0, 10);
  const { rows } = await sql<CardRow>`
    select c.id, c.hosts, c.last_success_at,
      k.sealed, k.expires_at as credential_expires_at, k.stated_expires_on, k.never_expires,
      o.id as client_row_id, o.name as client_name, o.client_id,
      a.text as attested_text, a.attested_by_name, a.attested_at,
      l.email as link_email, l.expires_at as link_expires_at,
      s.due_at, first.started_at as first_at, changed.started_at as last_change_at, answered.started_at as last_run_at,
      open.started_at as run_started_at, open.documents as run_documents,
      h.position as history, h.caught_up_at is not null as history_done,
      coalesce(used.departments, '[]'::jsonb) as departments, coalesce(unmapped.shops, 0) as unmapped_shops
    from connection c
    left join credential k on k.organization_id = c.organization_id and k.connection_id = c.id
    left join oauth_client o on o.organization_id = c.organization_id and o.id = c.oauth_client_id
    left join sync_state s on s.organization_id = c.organization_id and s.pos_account_id = c.pos_account_id
    left join cursor h on h.organization_id = c.organization_id and h.pos_account_id = c.pos_account_id
      and h.stream = 'sales' and h.lane = 'history'
    left join run open on open.organization_id = c.organization_id and open.id = s.run_id and open.finished_at is null
    left join lateral (
      select text, attested_by_name, attested_at from attestation
      where organization_id = c.organization_id and connection_id = c.id and withdrawn_at is null
      order by id desc limit 1) a on true
    left join lateral (
      select email, expires_at from authorization_link
      where organization_id = c.organization_id and connection_id = c.id and used_at is null and withdrawn_at is null
        and expires_at > ${now}
      order by id desc limit 1) l on true
    left join lateral (
      select started_at from run where organization_id = c.organization_id and pos_account_id = c.pos_account_id and documents > 0
      order by started_at limit 1) first on true
    left join lateral (
      select started_at from run where organization_id = c.organization_id and pos_account_id = c.pos_account_id and changed > 0
      order by started_at desc limit 1) changed on true
    left join lateral (
      select started_at from run where organization_id = c.organization_id and pos_account_id = c.pos_account_id
        and connection_id = c.id and requests > 0 and state <> 'failed'
      order by started_at desc limit 1) answered on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name) order by d.name) as departments
      from department d where d.organization_id = c.organization_id and d.id in (
        select m.department_id from mapping m
        where m.organization_id = c.organization_id and m.pos_account_id = c.pos_account_id
          and (m.valid_until is null or m.valid_until > ${today}::date))) used on true
    left join lateral (
      select count(*)::int as shops from shop p
      where p.organization_id = c.organization_id and p.pos_account_id = c.pos_account_id and not p.archived and p.counted
        and not exists (
          select from mapping m
          where m.organization_id = p.organization_id and m.pos_account_id = p.pos_account_id and m.shop_id = p.shop_id
            and m.valid_from <= ${today}::date and (m.valid_until is null or m.valid_until > ${today}::date))) unmapped on true
    where c.organization_id = ${organizationId} and c.id = any (${[...connectionIds]}::uuid[])`.execute(trx);
  return rows;
}
