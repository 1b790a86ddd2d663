-- What sales refer to, as the till last told it. No foreign keys: references may dangle and look-ups may arrive later.
create table shop (
  organization_id uuid not null,
  pos_account_id uuid not null,
  shop_id text not null,
  name text not null,
  time_zone text,
  archived boolean not null default false,
  -- The shop's own problem (D22), e.g. 'bad_time_zone': its days are then reckoned in the organization's zone.
  problem text,
  -- Null for a shop that sales refer to and the till has not listed.
  document jsonb,
  first_seen_at timestamptz not null default now(),
  primary key (organization_id, pos_account_id, shop_id)
);

-- Zone and day start are dated (D17); the first row of a shop starts at 0001-01-01.
create table shop_calendar (
  organization_id uuid not null,
  pos_account_id uuid not null,
  shop_id text not null,
  valid_from date not null,
  time_zone text not null,
  day_start_hour smallint not null default 0 check (day_start_hour between 0 and 23),
  -- Somebody chose this zone: a later change at the till does not replace it.
  zone_overridden boolean not null default false,
  primary key (organization_id, pos_account_id, shop_id, valid_from)
);

create table register (
  organization_id uuid not null,
  pos_account_id uuid not null,
  register_id text not null,
  shop_id text,
  name text not null,
  archived boolean not null default false,
  document jsonb,
  primary key (organization_id, pos_account_id, register_id)
);

create table employee (
  organization_id uuid not null,
  pos_account_id uuid not null,
  employee_id text not null,
  name text not null,
  archived boolean not null default false,
  document jsonb,
  primary key (organization_id, pos_account_id, employee_id)
);

create table payment_type (
  organization_id uuid not null,
  pos_account_id uuid not null,
  payment_type_id text not null,
  name text not null,
  kind text not null,
  archived boolean not null default false,
  primary key (organization_id, pos_account_id, payment_type_id)
);

create table customer (
  organization_id uuid not null,
  pos_account_id uuid not null,
  customer_id text not null,
  first_name text not null default '',
  last_name text not null default '',
  company text not null default '',
  emails text[] not null default '{}',
  phones text[] not null default '{}',
  archived boolean not null default false,
  created_at timestamptz,
  changed_at timestamptz,
  -- When the request that last brought this content was sent, and the hash without volatile fields (balances, year-to-date).
  seen_at timestamptz not null,
  hash bytea not null,
  version integer not null,
  primary key (organization_id, pos_account_id, customer_id)
);

call make_tenant_table('shop');
call make_tenant_table('shop_calendar');
call make_tenant_table('register');
call make_tenant_table('employee');
call make_tenant_table('payment_type');
call make_tenant_table('customer');
