-- Closings of registers as the POS reported them: the X-Series tells of each once, by webhook, and never again (X §8.3); the R-Series lists
-- its counts for ever (R §7.3), and those read stay here so that each is read once. What they say is a report to compare with, never a figure.
create table register_closure (
  organization_id uuid not null,
  pos_account_id uuid not null,
  closure_id text not null,
  register_id text not null,
  -- Null where the POS does not say (R-Series): the register's shop.
  shop_id text,
  opened_at timestamptz not null,
  closed_at timestamptz not null,
  -- The POS's own document.
  document jsonb not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (organization_id, pos_account_id, closure_id)
);
create index register_closure_opened on register_closure (organization_id, pos_account_id, opened_at);

-- The register session a sale was completed in and a payment taken in, where the POS says so (X-Series); null too for what was read before.
alter table sale add column session_id text;
alter table payment add column session_id text;
create index sale_session on sale (organization_id, pos_account_id, session_id) where session_id is not null;

call make_tenant_table('register_closure');
