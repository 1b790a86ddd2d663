-- What of an account counts, and how else a connection is set up.
alter table pos_account
  -- Registers whose sales and payments are read and kept, and not counted.
  add column registers_out text[] not null default '{}',
  -- Which shops count: {"by": "all"}, {"by": "shops", "shopIds": [...]} or {"by": "regions", "regions": ["DK", "US-NY"]}.
  add column shop_filter jsonb not null default '{"by": "all"}',
  -- Whether customers that are archived at the till are so here.
  add column mirror_archived boolean not null default true;

alter table connection
  -- Who is told by mail as well of what concerns this connection.
  add column notification_email text,
  -- Settings chosen before there was an account to keep them; the account takes them over when it is made.
  add column first_settings jsonb not null default '{}';

alter table shop
  -- By the address the till states: ISO 3166 code and the state or region in it.
  add column country text,
  add column region text,
  -- Follows from the account's choice and the address.
  add column counted boolean not null default true;
update shop set country = upper(nullif(document->>'physical_country_id', '')), region = upper(nullif(document->>'physical_state', ''))
where document ? 'physical_country_id';

-- Figures of registers and shops that do not count, in the form of those that do: what is read, summed or listed never meets them.
create table left_out_sale_figure (like sale_figure including defaults including constraints including indexes);
create table left_out_payment_figure (like payment_figure including defaults including constraints including indexes);

-- As the till has it; `archived` is what holds here.
alter table customer add column archived_at_pos boolean not null default false;
update customer set archived_at_pos = archived where archived;

-- The windows of completion time that were read again since a gap ended: their days, if before it, are known again.
alter table read_gap add column reread tstzmultirange not null default '{}';
-- When reading went on without it; null: when it ended.
alter table read_gap add column left_at timestamptz;

-- A connection's last requests, without secrets, and its budget by the latest answer. One row each, written with a run's end.
create table request_log (
  organization_id uuid not null,
  connection_id uuid not null,
  requests jsonb not null default '[]',
  budget jsonb,
  updated_at timestamptz not null default now(),
  primary key (organization_id, connection_id),
  foreign key (organization_id, connection_id) references connection (organization_id, id) on delete cascade
);

call make_tenant_table('left_out_sale_figure');
call make_tenant_table('left_out_payment_figure');
call make_tenant_table('request_log');
