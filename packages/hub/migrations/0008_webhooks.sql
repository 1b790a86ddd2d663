-- What the X-Series is asked to send us (X §11): one address per POS account and type. The address is the key to it, so only its hash
-- stands here in the clear; `sealed` holds the address's token and, where the application has one, the secret it signs with.
create table webhook (
  organization_id uuid not null,
  pos_account_id uuid not null,
  type text not null,
  connection_id uuid not null,
  token_hash bytea not null,
  sealed text not null,
  -- Origin and path before the token: registered again when our public address changes.
  base_url text not null,
  -- The till's id of the registration; null while there is none.
  remote_id text,
  registered_at timestamptz,
  checked_at timestamptz,
  delivered_at timestamptz,
  -- Why it is not registered, stable: 'forbidden', 'rejected'.
  problem text,
  primary key (organization_id, pos_account_id, type),
  foreign key (organization_id, pos_account_id) references pos_account (organization_id, id)
);
create unique index webhook_token on webhook (organization_id, token_hash);

-- A delivery is a hint that something changed, never data: what it names is read at the till. Served ones stay for as long as a delivery
-- may be repeated (48 h), so that a repetition costs nothing. `version` is the till's counter, or a digest of a delivery without one.
create table hint (
  organization_id uuid not null,
  pos_account_id uuid not null,
  resource text not null,
  resource_id text not null,
  version text not null,
  received_at timestamptz not null default clock_timestamp(),
  deliveries integer not null default 1,
  served_at timestamptz,
  -- How it ended: 'read', 'known', or 'dismissed' with the reason.
  outcome text,
  reason text,
  primary key (organization_id, pos_account_id, resource, resource_id, version)
);
create index hint_waiting on hint (organization_id, pos_account_id, received_at) where served_at is null;
create index hint_served on hint (organization_id, served_at) where served_at is not null;

-- How a document set aside was settled: 'read' (a readable version came), 'replayed' (today's code reads it), 'dismissed' (somebody said
-- that it never will be: who and why).
alter table set_aside add column resolution text;
alter table set_aside add column dismissed_by jsonb;
alter table set_aside add column dismissed_reason text;
-- The document's own JSON text, order of keys and all: what is read again from it has the same hash as the till's next answer.
alter table set_aside add column document_text text;
-- Somebody asked for it to be read again with today's code.
alter table set_aside add column replay_asked_at timestamptz;
create index set_aside_replay on set_aside (organization_id, pos_account_id, seen_at)
  where replay_asked_at is not null and resolved_at is null;

-- How fast the run can go, for the time it will still take (see pace.ts); null before it is known.
alter table run add column pace jsonb;

call make_tenant_table('webhook');
call make_tenant_table('hint');
