-- Turnover that explains itself: roll-ups, what changed in published figures and why, who maps what since when, opening hours,
-- visitors, and figures compared with the POS's own reports.

-- Facts by day and by month, kept by the transaction that sums a day's facts. Still by shop and register: the mapping is joined when read.
create table fact_day (like fact including defaults);
alter table fact_day drop column hour;
alter table fact_day add primary key (organization_id, pos_account_id, shop_id, business_day, register_id);
create table fact_month (like fact_day including defaults);
alter table fact_month rename column business_day to month;
alter table fact_month add primary key (organization_id, pos_account_id, shop_id, month, register_id);

-- A week of everything, and a year by month, are one range each.
create index fact_day_range on fact_day (organization_id, business_day);
create index fact_month_range on fact_month (organization_id, month);

-- One row an account, held by whoever sums its facts. Days that ended (and the grace) before `published_until` were read completely and
-- shown: what changes in them from then on is a correction. Null until the first walk through the history has ended.
create table fact_state (
  organization_id uuid not null,
  pos_account_id uuid not null,
  published_until timestamptz,
  summed_at timestamptz not null default now(),
  primary key (organization_id, pos_account_id)
);

-- Receipts written since their day was last summed, with what they added to the day then (0: nothing): the causes of a change.
create table dirty_sale (like fact_day including defaults);
alter table dirty_sale add column sale_id text not null;
alter table dirty_sale add primary key (organization_id, pos_account_id, shop_id, business_day, register_id, sale_id);

-- What changed in a published day of a register, once a run: {measure: [old, new]}, and the receipts whose figures make the difference.
create table turnover_change (
  organization_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  pos_account_id uuid not null,
  shop_id text not null,
  register_id text not null,
  business_day date not null,
  run_id uuid,
  cause text not null,
  author jsonb,
  changes jsonb not null,
  receipts jsonb not null default '[]',
  receipt_count integer not null default 0,
  primary key (organization_id, id)
);
create index turnover_change_at on turnover_change (organization_id, at, id);
create index turnover_change_day on turnover_change (organization_id, business_day, pos_account_id, shop_id);

-- The day's log: the turnover after each run that brought something for it. `entry` is the run's id, or nil while the day was running, when
-- one import takes the place of the one before.
create table turnover_import (
  organization_id uuid not null,
  pos_account_id uuid not null,
  shop_id text not null,
  business_day date not null,
  register_id text not null,
  entry uuid not null,
  run_id uuid,
  at timestamptz not null,
  net_sales bigint not null,
  net_sales_incl bigint not null,
  transactions bigint not null,
  primary key (organization_id, pos_account_id, shop_id, business_day, register_id, entry)
);

-- Every change of a shop's mappings with its author: the shop's mappings before and after.
create table mapping_change (
  organization_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  pos_account_id uuid not null,
  shop_id text not null,
  author jsonb,
  before jsonb not null,
  after jsonb not null,
  primary key (organization_id, id)
);
create index mapping_change_at on mapping_change (organization_id, at, id);

-- When a shop is open, dated: [{weekday: 1 (Monday) to 7, open: '09:00', close: '18:00'}]; a weekday that is absent is a closed one (D21).
create table opening_hours (
  organization_id uuid not null,
  pos_account_id uuid not null,
  shop_id text not null,
  valid_from date not null,
  hours jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (organization_id, pos_account_id, shop_id, valid_from)
);

-- People counted at the door: of a local hour, or (hour -1) of the whole day, which then beats the sum of its hours.
create table visitor (
  organization_id uuid not null,
  department_id uuid not null,
  business_day date not null,
  hour smallint not null check (hour between -1 and 23),
  visitors integer not null check (visitors >= 0),
  source text not null check (source in ('manual', 'csv', 'api')),
  author jsonb,
  at timestamptz not null default now(),
  primary key (organization_id, department_id, business_day, hour),
  foreign key (organization_id, department_id) references department (organization_id, id)
);
create index visitor_day on visitor (organization_id, business_day);

-- How the organization names its figures; the defaults hold where there is no row.
create table turnover_setting (
  organization_id uuid primary key references organization on delete cascade,
  preset text not null check (preset in ('retail', 'vat')),
  basis text not null check (basis in ('excl', 'incl')),
  updated_at timestamptz not null default now()
);

-- Our figure beside the POS's own, with the bridge between them, as it was found.
create table reconcile (
  organization_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  author jsonb,
  pos_account_id uuid not null,
  shop_id text,
  preset text not null,
  first_day date not null,
  last_day date not null,
  result jsonb not null,
  signed_off_at timestamptz,
  signed_off_by jsonb,
  note text,
  primary key (organization_id, id)
);

call make_tenant_table('fact_day');
call make_tenant_table('fact_month');
call make_tenant_table('fact_state');
call make_tenant_table('dirty_sale');
call make_tenant_table('turnover_change');
call make_tenant_table('turnover_import');
call make_tenant_table('mapping_change');
call make_tenant_table('opening_hours');
call make_tenant_table('visitor');
call make_tenant_table('turnover_setting');
call make_tenant_table('reconcile');

-- What is there already, rolled up. The measures are those of `fact`, so that none can be forgotten.
do $$
declare
  measures text;
  sums text;
begin
  select string_agg(quote_ident(attname), ', '), string_agg(format('sum(%I)', attname), ', ') into measures, sums
  from pg_attribute
  where attrelid = 'fact_day'::regclass and attnum > 0 and not attisdropped
    and attname not in ('organization_id', 'pos_account_id', 'shop_id', 'business_day', 'register_id');
  set local role app_system;
  execute format(
    'insert into fact_day (organization_id, pos_account_id, shop_id, business_day, register_id, %s)
     select organization_id, pos_account_id, shop_id, business_day, register_id, %s from fact group by 1, 2, 3, 4, 5', measures, sums);
  execute format(
    'insert into fact_month (organization_id, pos_account_id, shop_id, month, register_id, %s)
     select organization_id, pos_account_id, shop_id, date_trunc(''month'', business_day)::date, register_id, %s
     from fact_day group by 1, 2, 3, 4, 5', measures, sums);
  reset role;
end
$$;
