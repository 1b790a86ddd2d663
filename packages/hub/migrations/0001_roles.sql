-- Roles and the tenant guard every later table relies on. Roles belong to the whole server, so another database may already
-- have made them, and the administrator may have made them for a user who cannot: both ways of losing that race are accepted.
do $$
begin
  if to_regrole('app_user') is null then
    create role app_user nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;

do $$
begin
  if to_regrole('app_system') is null then
    create role app_system nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;

-- The connecting user may become either role, but (from PostgreSQL 16, where that can be said) holds neither's rights by itself.
-- A superuser may anyway; and where somebody else made the roles, their administrator may have granted them already.
do $$
declare
  wanted text := case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end;
begin
  if pg_has_role('app_user', wanted) and pg_has_role('app_system', wanted) then
    return;
  end if;
  if wanted = 'set' then
    execute format('grant app_user, app_system to %I with inherit false, set true', current_user);
  else
    execute format('grant app_user, app_system to %I', current_user);
  end if;
exception when unique_violation then null;
end $$;

grant usage on schema public to app_user, app_system;

-- After a transaction a local setting reads as '', not null; both mean that somebody forgot the tenant, and that is an error.
create function current_organization() returns uuid
  language plpgsql stable parallel safe
as $$
declare
  value text := current_setting('app.organization_id', true);
begin
  if value is null or value = '' then
    raise exception 'No organization is set for this transaction' using errcode = 'TW001';
  end if;
  return value::uuid;
end
$$;

-- Gives a table the two policies of every tenant table: its own organization for app_user, all for app_system.
create procedure make_tenant_table(name regclass)
  language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format(
    'create policy tenant on %s to app_user using (organization_id = current_organization()) with check (organization_id = current_organization())',
    name);
  execute format('create policy system on %s to app_system using (true) with check (true)', name);
  execute format('grant select, insert, update, delete on %s to app_user, app_system', name);
end
$$;
