-- The sync engine's memory: who may work on an account, how far each stream came, what happened, what could not be read.
create table run (
  organization_id uuid not null,
  id uuid not null,
  pos_account_id uuid not null,
  connection_id uuid,
  kind text not null,
  state text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  -- When the till lets us go on, while `throttled`.
  retry_at timestamptz,
  pages integer not null default 0,
  requests integer not null default 0,
  documents integer not null default 0,
  changed integer not null default 0,
  set_aside integer not null default 0,
  throttled integer not null default 0,
  error jsonb,
  primary key (organization_id, id)
);
create index run_account on run (organization_id, pos_account_id, started_at);

-- A document that could not be read, once per content (D22).
create table set_aside (
  organization_id uuid not null,
  id uuid not null,
  pos_account_id uuid not null,
  run_id uuid,
  resource text not null,
  resource_id text,
  shop_id text,
  -- The first readable time, and the day it was in when it was set aside: the calendar may change.
  readable_time timestamptz,
  business_day date,
  code text not null,
  path text not null,
  message text not null,
  document jsonb,
  document_hash bytea not null,
  first_seen_at timestamptz not null default now(),
  -- When the last request that brought this content was sent; a readable version seen since then resolves it.
  seen_at timestamptz not null,
  resolved_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, pos_account_id, resource, document_hash)
);
create index set_aside_open on set_aside (organization_id, pos_account_id, resource, resource_id) where resolved_at is null;

-- One lease per POS account; `wanted` and `done` coalesce triggers; the fence grows with every lease taken.
create table sync_state (
  organization_id uuid not null,
  pos_account_id uuid not null,
  wanted bigint not null default 0,
  done bigint not null default 0,
  due_at timestamptz,
  -- The till asked us to stay away until then.
  retry_at timestamptz,
  -- The run that the next slice goes on with.
  run_id uuid,
  lease_holder text,
  lease_fence bigint not null default 0,
  lease_until timestamptz,
  primary key (organization_id, pos_account_id)
);

-- How far a stream came in a lane. `caught_up_at` is the till's own time (its Date header) up to which everything has been read;
-- of the history lane: when the first walk ended.
create table cursor (
  organization_id uuid not null,
  pos_account_id uuid not null,
  stream text not null,
  lane text not null,
  position jsonb,
  caught_up_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (organization_id, pos_account_id, stream, lane)
);

call make_tenant_table('run');
call make_tenant_table('set_aside');
call make_tenant_table('sync_state');
call make_tenant_table('cursor');
