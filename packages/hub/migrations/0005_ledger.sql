-- The ledger: each sale as its newest version says, every version seen, the pages they came in, and the figures in cents.

create table sale (
  organization_id uuid not null,
  pos_account_id uuid not null,
  sale_id text not null,
  number text not null,
  shop_id text not null,
  register_id text not null default '',
  employee_id text,
  customer_id text,
  state text not null check (state in ('open', 'completed', 'voided')),
  archived boolean not null default false,
  tax_inclusive boolean not null default false,
  created_at timestamptz,
  occurred_at timestamptz not null,
  changed_at timestamptz not null,
  -- When the last request that brought this very content was sent: orders versions that share a change stamp.
  seen_at timestamptz not null,
  total numeric not null,
  tax numeric not null,
  hash bytea not null,
  version integer not null,
  -- The till's own counter of changes, where it has one (X-Series): orders versions instead of the stamps.
  pos_version bigint,
  business_day date not null,
  hour timestamptz not null,
  problem text,
  primary key (organization_id, pos_account_id, sale_id)
);
create index sale_day on sale (organization_id, pos_account_id, shop_id, business_day);
create index sale_number on sale (organization_id, pos_account_id, number);
create index sale_problem on sale (organization_id, pos_account_id, business_day) where problem is not null;

create table sale_line (
  organization_id uuid not null,
  pos_account_id uuid not null,
  sale_id text not null,
  line_id text not null,
  position bigint not null,
  kind text not null,
  item_id text,
  quantity numeric not null,
  unit_price numeric not null,
  exclusive numeric not null,
  tax numeric not null,
  discount numeric not null,
  net_cents bigint not null,
  tax_cents bigint not null,
  discount_cents bigint not null,
  discount_incl_cents bigint not null,
  primary key (organization_id, pos_account_id, sale_id, line_id)
);

create table payment (
  organization_id uuid not null,
  pos_account_id uuid not null,
  sale_id text not null,
  payment_id text not null,
  type_id text not null,
  kind text not null,
  amount numeric not null,
  tip numeric not null,
  paid_at timestamptz not null,
  register_id text not null default '',
  archived boolean not null default false,
  primary key (organization_id, pos_account_id, sale_id, payment_id)
);

-- Why a sale was voided: the cause shown beside the change it made (D14). `checked_at` is when the sale was read again because of it.
create table sale_void (
  organization_id uuid not null,
  pos_account_id uuid not null,
  sale_void_id text not null,
  sale_id text not null,
  employee_id text,
  shop_id text,
  reason text not null default '',
  voided_at timestamptz,
  checked_at timestamptz,
  primary key (organization_id, pos_account_id, sale_void_id)
);
create index sale_void_sale on sale_void (organization_id, pos_account_id, sale_id);
create index sale_void_unchecked on sale_void (organization_id, pos_account_id, sale_void_id) where checked_at is null;

-- One answered request with the documents stored from it (a JSON list, zstd); partitioned by our receive time for retention.
create table page (
  organization_id uuid not null,
  pos_account_id uuid not null,
  id uuid not null,
  received_at timestamptz not null,
  run_id uuid,
  stream text not null,
  request_method text not null,
  request_path text not null,
  requested_at timestamptz not null,
  server_time timestamptz,
  documents bytea not null,
  primary key (organization_id, pos_account_id, received_at, id)
) partition by range (received_at);
-- Already compressed: a second attempt by the database would only cost time.
alter table page alter column documents set storage external;
create table page_default partition of page default;

create table sale_version (
  organization_id uuid not null,
  pos_account_id uuid not null,
  sale_id text not null,
  version integer not null,
  received_at timestamptz not null,
  changed_at timestamptz not null,
  hash bytea not null,
  page_id uuid not null,
  page_received_at timestamptz not null,
  page_index integer not null,
  run_id uuid,
  primary key (organization_id, pos_account_id, sale_id, version, received_at)
) partition by range (received_at);
create table sale_version_default partition of sale_version default;
-- Corrections: versions after the first, newest first.
create index sale_version_changed on sale_version (organization_id, received_at) where version > 1;

create table customer_version (
  organization_id uuid not null,
  pos_account_id uuid not null,
  customer_id text not null,
  version integer not null,
  received_at timestamptz not null,
  changed_at timestamptz,
  hash bytea not null,
  page_id uuid not null,
  page_received_at timestamptz not null,
  page_index integer not null,
  run_id uuid,
  primary key (organization_id, pos_account_id, customer_id, version, received_at)
) partition by range (received_at);
create table customer_version_default partition of customer_version default;

-- What a counted sale adds to its cell: integer minor units, counts, and quantities as exact decimals.
create table sale_figure (
  organization_id uuid not null,
  pos_account_id uuid not null,
  sale_id text not null,
  shop_id text not null,
  register_id text not null default '',
  business_day date not null,
  hour timestamptz not null,
  gross_sales bigint not null default 0,
  gross_sales_incl bigint not null default 0,
  discounts bigint not null default 0,
  discounts_incl bigint not null default 0,
  returns bigint not null default 0,
  returns_incl bigint not null default 0,
  net_sales bigint not null default 0,
  net_sales_incl bigint not null default 0,
  turnover bigint not null default 0,
  turnover_incl bigint not null default 0,
  tax bigint not null default 0,
  transactions bigint not null default 0,
  return_transactions bigint not null default 0,
  other_transactions bigint not null default 0,
  identified_transactions bigint not null default 0,
  goods_sold numeric not null default 0,
  goods_returned numeric not null default 0,
  fees bigint not null default 0,
  fees_incl bigint not null default 0,
  price_rule_discount bigint not null default 0,
  gift_cards_sold bigint not null default 0,
  deposits bigint not null default 0,
  store_credit bigint not null default 0,
  rounding bigint not null default 0,
  shipping bigint not null default 0,
  unexplained bigint not null default 0,
  unexplained_incl bigint not null default 0,
  primary key (organization_id, pos_account_id, sale_id)
);
create index sale_figure_day on sale_figure (organization_id, pos_account_id, shop_id, business_day);

-- What a sale's payments add to theirs (D16): one row per register, day, hour and payment type.
create table payment_figure (
  organization_id uuid not null,
  pos_account_id uuid not null,
  sale_id text not null,
  shop_id text not null,
  register_id text not null default '',
  business_day date not null,
  hour timestamptz not null,
  payment_type_id text not null,
  payments bigint not null default 0,
  tips bigint not null default 0,
  gift_cards_redeemed bigint not null default 0,
  on_account bigint not null default 0,
  primary key (organization_id, pos_account_id, sale_id, register_id, business_day, hour, payment_type_id)
);
create index payment_figure_day on payment_figure (organization_id, pos_account_id, shop_id, business_day);

create table fact (
  organization_id uuid not null,
  pos_account_id uuid not null,
  shop_id text not null,
  business_day date not null,
  register_id text not null default '',
  hour timestamptz not null,
  gross_sales bigint not null default 0,
  gross_sales_incl bigint not null default 0,
  discounts bigint not null default 0,
  discounts_incl bigint not null default 0,
  returns bigint not null default 0,
  returns_incl bigint not null default 0,
  net_sales bigint not null default 0,
  net_sales_incl bigint not null default 0,
  turnover bigint not null default 0,
  turnover_incl bigint not null default 0,
  tax bigint not null default 0,
  transactions bigint not null default 0,
  return_transactions bigint not null default 0,
  other_transactions bigint not null default 0,
  identified_transactions bigint not null default 0,
  goods_sold numeric not null default 0,
  goods_returned numeric not null default 0,
  fees bigint not null default 0,
  fees_incl bigint not null default 0,
  price_rule_discount bigint not null default 0,
  gift_cards_sold bigint not null default 0,
  deposits bigint not null default 0,
  store_credit bigint not null default 0,
  rounding bigint not null default 0,
  shipping bigint not null default 0,
  unexplained bigint not null default 0,
  unexplained_incl bigint not null default 0,
  payments bigint not null default 0,
  tips bigint not null default 0,
  gift_cards_redeemed bigint not null default 0,
  on_account bigint not null default 0,
  primary key (organization_id, pos_account_id, shop_id, business_day, register_id, hour)
);

create table payment_fact (
  organization_id uuid not null,
  pos_account_id uuid not null,
  shop_id text not null,
  business_day date not null,
  register_id text not null default '',
  hour timestamptz not null,
  payment_type_id text not null,
  payments bigint not null default 0,
  primary key (organization_id, pos_account_id, shop_id, business_day, register_id, hour, payment_type_id)
);

-- Shop-days whose facts must be summed again; cleared only while the generation, the id of the marking transaction, is unchanged.
create table dirty_day (
  organization_id uuid not null,
  pos_account_id uuid not null,
  shop_id text not null,
  business_day date not null,
  generation bigint not null,
  primary key (organization_id, pos_account_id, shop_id, business_day)
);

call make_tenant_table('sale');
call make_tenant_table('sale_line');
call make_tenant_table('payment');
call make_tenant_table('sale_void');
call make_tenant_table('page');
call make_tenant_table('page_default');
call make_tenant_table('sale_version');
call make_tenant_table('sale_version_default');
call make_tenant_table('customer_version');
call make_tenant_table('customer_version_default');
call make_tenant_table('sale_figure');
call make_tenant_table('payment_figure');
call make_tenant_table('fact');
call make_tenant_table('payment_fact');
call make_tenant_table('dirty_day');

-- Makes the monthly partitions of the append-only tables from this month to `ahead` months on, and returns how many were new.
-- Safe at any time and by several at once: rows that meanwhile went to a default partition (nobody had called this in time) move
-- with their month. Runs as the owner, never as a tenant; a month is made in the caller's transaction.
create function make_month_partitions(ahead integer) returns integer
  language plpgsql
as $$
declare
  parent text;
  first_day date;
  child text;
  made integer := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('tillweave.make_month_partitions', 0));
  foreach parent in array array['page', 'sale_version', 'customer_version'] loop
    for months in 0..ahead loop
      first_day := date_trunc('month', now() at time zone 'UTC')::date + make_interval(months => months);
      child := format('%s_%s', parent, to_char(first_day, 'YYYY_MM'));
      continue when to_regclass(child) is not null;
      execute format('lock table %I in share row exclusive mode', parent || '_default');
      execute format('create table %I (like %I including defaults including constraints including storage)', child, parent);
      execute format(
        'with moved as (delete from %I where received_at >= %L and received_at < %L returning *) insert into %I select * from moved',
        parent || '_default', first_day::text || 'Z', (first_day + interval '1 month')::date::text || 'Z', child);
      execute format('alter table %I attach partition %I for values from (%L) to (%L)',
        parent, child, first_day::text || 'Z', (first_day + interval '1 month')::date::text || 'Z');
      execute format('call make_tenant_table(%L)', child);
      made := made + 1;
    end loop;
  end loop;
  return made;
end
$$;
revoke execute on function make_month_partitions(integer) from public;
select make_month_partitions(3);
