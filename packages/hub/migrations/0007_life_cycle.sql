-- The life of a connection: who may call the till just now, what happened to it when and why, and how its account is read.

-- Leave to call the till through one connection, held by one process for a few seconds at a time. Freezing waits until none is left.
create table call_permit (
  organization_id uuid not null,
  connection_id uuid not null,
  process_id uuid not null,
  until timestamptz not null,
  primary key (organization_id, connection_id, process_id),
  foreign key (organization_id, connection_id) references connection (organization_id, id) on delete cascade
);

-- Every change of state of a connection or of one of its shops: who, when, why, and what was chosen.
create table connection_event (
  organization_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  connection_id uuid,
  pos_account_id uuid,
  -- Null: the connection itself.
  shop_id text,
  from_state text,
  to_state text not null,
  reason text,
  -- Of a thaw: 'cursor' or 'today'; of retirement: the date.
  choice text,
  actor jsonb not null,
  primary key (organization_id, id)
);
create index connection_event_connection on connection_event (organization_id, connection_id, id);
create index connection_event_shop on connection_event (organization_id, pos_account_id, shop_id, id) where shop_id is not null;

-- Its credentials were replaced while no call was allowed: before anything is read with them, the account they lead to is compared.
alter table connection add column verify_account boolean not null default false;

-- A frozen shop's documents are not taken in. Null while it is read.
alter table shop add column frozen_at timestamptz;
alter table shop add column frozen_reason text;

-- A stretch of time in which an account, or one shop of it, was not read though reading went on afterwards: its days are not complete.
create table read_gap (
  organization_id uuid not null,
  id uuid not null,
  pos_account_id uuid not null,
  shop_id text,
  from_at timestamptz not null,
  -- Null while it grows.
  until_at timestamptz,
  -- What closes it: the next whole poll of changes, a walk through history, or somebody who asks for it to be read.
  closes text not null check (closes in ('poll', 'history', 'asked')),
  -- Where the account's cursors stood when it began, by stream and lane.
  places jsonb not null default '{}',
  primary key (organization_id, id),
  foreign key (organization_id, pos_account_id) references pos_account (organization_id, id)
);
create index read_gap_account on read_gap (organization_id, pos_account_id);

-- How an account is read. The zone is the organization's where none is named.
alter table pos_account add column nightly_days smallint not null default 2 check (nightly_days between 0 and 60);
alter table pos_account add column nightly_time time not null default '02:00';
alter table pos_account add column nightly_zone text;
alter table pos_account add column poll_seconds integer not null default 300 check (poll_seconds between 60 and 86400);
-- Share of the till's rate budget that is left to others who use the same OAuth client or token.
alter table pos_account add column rate_reserve real not null default 0 check (rate_reserve between 0 and 0.9);
-- Sales before this day are not imported; null: all there are.
alter table pos_account add column history_from date;

-- The night that was asked for last: each strikes once, also after a time without workers.
alter table sync_state add column nightly_at timestamptz not null default now();

call make_tenant_table('call_permit');
call make_tenant_table('connection_event');
call make_tenant_table('read_gap');
