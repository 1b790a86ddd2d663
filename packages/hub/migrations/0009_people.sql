-- People: what was done by whom, what they are told, what their organization is set to, and what a member is limited to.

-- Append-only: nobody's role may change or remove a row, and none is ever thrown away. Ids are in time order.
create table audit_entry (
  organization_id uuid not null references organization,
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'token', 'command', 'system')),
  actor_id text,
  actor_name text,
  -- Somebody of the operator's staff, working inside a client's organization.
  acting_as boolean not null default false,
  action text not null,
  subject_kind text not null,
  subject_id text,
  subject_name text,
  before jsonb,
  after jsonb,
  reason text,
  primary key (organization_id, id)
);
create index audit_entry_subject on audit_entry (organization_id, subject_kind, subject_id, id);
create index audit_entry_actor on audit_entry (organization_id, actor_id, id);

-- One open notification for each kind and key; the names for its text are in `data`.
create table notification (
  organization_id uuid not null references organization on delete cascade,
  id uuid not null,
  kind text not null,
  key text not null,
  data jsonb not null default '{}',
  raised_at timestamptz not null,
  resolved_at timestamptz,
  -- When its mails were put into the queue, or it was found that nobody wants one.
  mailed_at timestamptz,
  primary key (organization_id, id)
);
create unique index notification_open on notification (organization_id, kind, key) where resolved_at is null;

create table notification_read (
  organization_id uuid not null,
  notification_id uuid not null,
  user_id uuid not null,
  read_at timestamptz not null,
  primary key (organization_id, notification_id, user_id),
  foreign key (organization_id, notification_id) references notification (organization_id, id) on delete cascade
);

-- Where an organization wants it otherwise than the kind's own rule says.
create table notification_rule (
  organization_id uuid not null references organization on delete cascade,
  kind text not null,
  role text not null,
  bell boolean not null,
  mail boolean not null,
  primary key (organization_id, kind, role)
);

-- A member may be limited to departments (even to none); null: not limited. It stands with the membership, so that it ends with it.
alter table "auth"."member" add column "departmentIds" uuid[];
-- Null: as its maker.
alter table access_token add column department_ids uuid[];

-- A link sent to somebody; only the hash of its text is kept.
create table invitation (
  organization_id uuid not null references organization on delete cascade,
  id uuid not null,
  email text not null,
  role text not null,
  department_ids uuid[],
  token_hash bytea not null,
  invited_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, token_hash)
);
create unique index invitation_open on invitation (organization_id, email) where accepted_at is null and revoked_at is null;

-- Staff of whoever runs this installation: they may act as any organization, with the role that is written here.
create table "auth"."operator" (
  "userId" uuid not null primary key references "auth"."user" ("id") on delete cascade,
  "role" text not null,
  "createdAt" timestamptz default CURRENT_TIMESTAMP not null
);

alter table organization
  add column multiple_cash_registers boolean not null default true,
  add column pos_import boolean not null default true,
  -- Which connection feeds the balance; null: every one. No foreign key: a connection points to its organization, and tables that point to
  -- each other cannot be filled in any order (a removed connection stays as a row).
  add column pos_connection_id uuid,
  add column auto_confirm boolean not null default false,
  add column auto_confirm_at time not null default '05:00',
  add column nightly_at time not null default '02:00',
  add column integration_contact jsonb not null default '{}',
  add column support jsonb not null default '{}';

call make_tenant_table('audit_entry');
call make_tenant_table('notification');
call make_tenant_table('notification_read');
call make_tenant_table('notification_rule');
call make_tenant_table('invitation');

revoke update, delete, truncate on audit_entry from app_user, app_system;
