-- People's own applications at the POS, whom a connection may sign in as; what they promise about a connection; links for signing in
-- by somebody without an account here.
create table oauth_client (
  organization_id uuid not null references organization on delete cascade,
  id uuid not null,
  provider text not null check (provider in ('lightspeed-r', 'lightspeed-x')),
  -- As registered at the POS, which lists us under it.
  name text not null,
  client_id text not null,
  -- The secret, sealed; null for a public client.
  sealed text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id)
);
create unique index oauth_client_name on oauth_client (organization_id, provider, lower(name));

alter table connection
  add column oauth_client_id uuid,
  -- Which of the vendor's hosts, by id: {"api": "legacy"}; the current ones where nothing stands.
  add column hosts jsonb not null default '{}',
  add constraint connection_oauth_client foreign key (organization_id, oauth_client_id)
    references oauth_client (organization_id, id);
create index connection_oauth_client on connection (organization_id, oauth_client_id) where oauth_client_id is not null;

-- `revision` counts replacements by people, where `generation` counts rotations by the POS.
alter table credential
  add column revision integer not null default 0,
  add column stated_expires_on date,
  add column never_expires boolean not null default false;

-- What somebody ticked, in the words they ticked. The newest row that was not withdrawn counts.
create table attestation (
  organization_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  kind text not null,
  text text not null,
  attested_at timestamptz not null,
  attested_by text,
  attested_by_name text not null,
  withdrawn_at timestamptz,
  withdrawn_by_name text,
  primary key (organization_id, id),
  foreign key (organization_id, connection_id) references connection (organization_id, id) on delete cascade
);
create index attestation_connection on attestation (organization_id, connection_id);

-- A sent link by which somebody without an account here signs in at the POS, once. Only a hash of its secret is kept.
create table authorization_link (
  organization_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  token_hash bytea not null,
  email text not null,
  requested_by text,
  requested_by_name text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, connection_id) references connection (organization_id, id) on delete cascade
);
create unique index authorization_link_token on authorization_link (organization_id, token_hash);
create index authorization_link_connection on authorization_link (organization_id, connection_id);

call make_tenant_table('oauth_client');
call make_tenant_table('attestation');
call make_tenant_table('authorization_link');
