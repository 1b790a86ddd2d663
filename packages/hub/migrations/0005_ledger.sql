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
  -- When the request that brought the stored version was sent: breaks ties between versions with one change stamp.
  seen_at timestamptz not null,
  total numeric not null,
  tax numeric not null,
  hash bytea not null,
  version integer not null,
  business_day date not null,
  hour timestamptz not null,
  problem text,
  primary key (organization_id, pos_account_id, sale_id)
);
create index sale_day on sale (organization_id, pos_account_id, shop_id, business_day);
create index sale_number on sale (organization_id, pos_account_id, number);

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

-- One answered request with the documents stored from it, compressed by us; partitioned by our receive time for retention.
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

-- Shop-days whose facts must be summed again; cleared only while the generation is unchanged.
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
call make_tenant_table('page');
call make_tenant_table('page_default');
call make_tenant_table('sale_version');
call make_tenant_table('sale_version_default');
call make_tenant_table('sale_figure');
call make_tenant_table('payment_figure');
call make_tenant_table('fact');
call make_tenant_table('payment_fact');
call make_tenant_table('dirty_day');
