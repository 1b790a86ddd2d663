-- Tenants, what they connect to, and how their own stores map onto the till's shops.
create table organization (
  organization_id uuid primary key,
  name text not null,
  currency text not null,
  time_zone text not null,
  week_start smallint not null default 1 check (week_start between 1 and 7),
  day_start_hour smallint not null default 0 check (day_start_hour between 0 and 23),
  created_at timestamptz not null default now()
);

-- Our own API tokens: only a hash is kept, the prefix is what people recognise them by.
create table access_token (
  organization_id uuid not null references organization on delete cascade,
  id uuid not null,
  name text not null,
  prefix text not null,
  hash bytea not null,
  scopes text[] not null default '{}',
  -- Id of the person in schema auth; the token never may more than they may. Null when made on the command line.
  created_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, hash)
);

create table pos_account (
  organization_id uuid not null references organization on delete cascade,
  id uuid not null,
  provider text not null check (provider in ('lightspeed-r', 'lightspeed-x')),
  external_id text not null,
  name text not null,
  currency text not null,
  switches jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, provider, external_id)
);

create table connection (
  organization_id uuid not null references organization on delete cascade,
  id uuid not null,
  name text not null,
  provider text not null check (provider in ('lightspeed-r', 'lightspeed-x')),
  api_type text not null,
  pos_account_id uuid,
  state text not null check (
    state in ('set_up_incomplete', 'active', 'throttled', 'needs_reauthorisation', 'frozen', 'retired', 'removed')),
  state_reason text,
  state_changed_at timestamptz not null default now(),
  scopes text[] not null default '{}',
  last_success_at timestamptz,
  last_error jsonb,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, pos_account_id) references pos_account (organization_id, id)
);
-- A removed connection stays for the runs that name it; its name and its account are free again.
create unique index connection_name on connection (organization_id, lower(name)) where state <> 'removed';
create unique index connection_account on connection (organization_id, pos_account_id) where state not in ('retired', 'removed');

-- `sealed` is AES-256-GCM text with its key id; `generation` counts token rotations. The POS allows five refreshes a minute for a
-- connection: the newest attempts of all processes stand here.
create table credential (
  organization_id uuid not null,
  connection_id uuid not null,
  sealed text not null,
  expires_at timestamptz,
  generation integer not null default 0,
  refresh_attempts timestamptz[] not null default '{}',
  updated_at timestamptz not null default now(),
  primary key (organization_id, connection_id),
  foreign key (organization_id, connection_id) references connection (organization_id, id) on delete cascade
);

-- A sign-in at the POS that somebody began: only the browser session that began it may finish it, once, in time. `sealed` holds the
-- PKCE verifier.
create table oauth_attempt (
  organization_id uuid not null,
  state_hash bytea not null,
  connection_id uuid not null,
  session_id uuid not null,
  sealed text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (organization_id, state_hash),
  foreign key (organization_id, connection_id) references connection (organization_id, id) on delete cascade
);

-- What a request with an Idempotency-Key was answered, for a day; `status` is null while it is being worked on.
create table idempotency_key (
  organization_id uuid not null references organization on delete cascade,
  actor_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status smallint,
  sealed text,
  created_at timestamptz not null default now(),
  primary key (organization_id, actor_id, key)
);

create table store (
  organization_id uuid not null references organization on delete cascade,
  id uuid not null,
  name text not null,
  time_zone text,
  created_at timestamptz not null default now(),
  primary key (organization_id, id)
);

create table department (
  organization_id uuid not null,
  id uuid not null,
  store_id uuid not null,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, store_id) references store (organization_id, id)
);
create index department_store on department (organization_id, store_id);

-- Half-open [valid_from, valid_until) in business days (D20). Two mappings of one shop, or of one register, may not overlap:
-- the key's hash stands in as a one-point range, so that no extension is needed for equality in a GiST constraint.
create table mapping (
  organization_id uuid not null,
  id uuid not null,
  pos_account_id uuid not null,
  shop_id text not null,
  register_id text,
  department_id uuid not null,
  valid_from date not null,
  valid_until date check (valid_until > valid_from),
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, pos_account_id) references pos_account (organization_id, id),
  foreign key (organization_id, department_id) references department (organization_id, id),
  constraint mapping_overlap exclude using gist (
    numrange(
      hashtextextended(organization_id::text || '/' || pos_account_id::text || '/' || shop_id || '/' || coalesce(register_id, ''), 0)::numeric,
      hashtextextended(organization_id::text || '/' || pos_account_id::text || '/' || shop_id || '/' || coalesce(register_id, ''), 0)::numeric,
      '[]') with &&,
    daterange(valid_from, valid_until) with &&
  )
);
create index mapping_shop on mapping (organization_id, pos_account_id, shop_id);
create index mapping_department on mapping (organization_id, department_id);

-- Shops that were once given their default store, department and mapping: what people change or remove afterwards stays theirs.
create table shop_import (
  organization_id uuid not null,
  pos_account_id uuid not null,
  shop_id text not null,
  imported_at timestamptz not null default now(),
  primary key (organization_id, pos_account_id, shop_id),
  foreign key (organization_id, pos_account_id) references pos_account (organization_id, id)
);

-- Days somebody marked as closed: a complete day without a sale is then "closed", and not a zero (D21).
create table closed_day (
  organization_id uuid not null,
  pos_account_id uuid not null,
  shop_id text not null,
  business_day date not null,
  reason text not null default '',
  created_at timestamptz not null default now(),
  primary key (organization_id, pos_account_id, shop_id, business_day),
  foreign key (organization_id, pos_account_id) references pos_account (organization_id, id)
);

call make_tenant_table('organization');
call make_tenant_table('access_token');
call make_tenant_table('pos_account');
call make_tenant_table('connection');
call make_tenant_table('credential');
call make_tenant_table('oauth_attempt');
call make_tenant_table('idempotency_key');
call make_tenant_table('store');
call make_tenant_table('department');
call make_tenant_table('mapping');
call make_tenant_table('shop_import');
call make_tenant_table('closed_day');
