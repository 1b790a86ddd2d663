import { beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../test/database.ts';

/** Not a tenant's: the list of migrations. Everything else in schema `public` is. */
const NO_TENANT = ['schema_migration'];
/** Schemas that are exempt by name: sign-in (the library's own tables) and the job queue's. */
const EXEMPT = ['auth', 'pgboss'];

describe('the catalogue', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });

  async function rows<Row extends object>(query: string): Promise<Row[]> {
    const result = await database.pool.query<Row>(query);
    return result.rows;
  }

  async function tenantTables(): Promise<string[]> {
    const tables = await rows<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`,
    );
    return tables.map(({ name }) => name).filter((name) => !NO_TENANT.includes(name));
  }

  test('has no schemas but ours and the exempt ones', async () => {
    const schemas = await rows<{ name: string }>(
      `select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1`,
    );
    expect(schemas.map(({ name }) => name)).toEqual([...EXEMPT, 'public'].toSorted());
    expect((await tenantTables()).length).toBeGreaterThan(25);
  });

  test('every tenant table has the organization first in its primary key', async () => {
    const keyed = await rows<{ name: string; first: string }>(`
      select c.relname as name, a.attname as first
      from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
        join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where c.relnamespace = 'public'::regnamespace order by 1`);
    const first = new Map(keyed.map(({ name, first }) => [name, first]));
    for (const table of await tenantTables()) expect(first.get(table), table).toBe('organization_id');
  });

  test('every index of a tenant table starts with the organization', async () => {
    const indexes = await rows<{ table: string; name: string; first: string }>(`
      select c.relname as table, n.relname as name, pg_get_indexdef(i.indexrelid, 1, true) as first
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_class n on n.oid = i.indexrelid
      where c.relnamespace = 'public'::regnamespace`);
    const wrong = indexes.filter(
      ({ table, first }) => !NO_TENANT.includes(table) && !/^(organization_id\b|\w+\(\w+\(\(*organization_id\b)/.test(first),
    );
    expect(wrong).toEqual([]);
    expect(indexes.length).toBeGreaterThan(30);
  });

  test('every foreign key of a tenant table leads to a tenant table and compares the organization first', async () => {
    const keys = await rows<{ table: string; name: string; first: string; target: string }>(`
      select c.relname as table, f.conname as name, a.attname as first, f.confrelid::regclass::text as target
      from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = f.conkey[1]
      where f.contype = 'f' and c.relnamespace = 'public'::regnamespace`);
    const tables = await tenantTables();
    expect(keys.filter(({ first, target }) => first !== 'organization_id' || !tables.includes(target))).toEqual([]);
    expect(keys.length).toBeGreaterThan(5);
  });

  test('row-level security is on and forced everywhere, with one policy for tenants and one for work across them', async () => {
    const tables = await rows<{ name: string; on: boolean; forced: boolean; policies: string[] }>(`
      select c.relname as name, c.relrowsecurity as on, c.relforcerowsecurity as forced,
        array(select p.polname || ' ' || (select string_agg(r.rolname, ',') from pg_roles r where r.oid = any (p.polroles)) || ' '
          || pg_get_expr(p.polqual, p.polrelid) || ' ' || pg_get_expr(p.polwithcheck, p.polrelid)
          from pg_policy p where p.polrelid = c.oid order by p.polname) as policies
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`);
    const rule = '(organization_id = current_organization())';
    for (const table of tables.filter(({ name }) => !NO_TENANT.includes(name))) {
      expect(table, table.name).toMatchObject({ on: true, forced: true });
      expect(table.policies, table.name).toEqual([`system app_system true true`, `tenant app_user ${rule} ${rule}`]);
    }
  });

  test('there are no triggers, and no sequences on tenant tables', async () => {
    const triggers = await rows(`
      select tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid where not tgisinternal and c.relnamespace = 'public'::regnamespace`);
    expect(triggers).toEqual([]);
    const sequences = await rows<{ name: string }>(
      `select relname as name from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`,
    );
    expect(sequences).toEqual([{ name: 'schema_migration_id_seq' }]);
  });

  test('the working roles cannot sign in, own nothing and reach no sign-in table', async () => {
    const roles = await rows<{ name: string; login: boolean; super: boolean; bypass: boolean }>(`
      select rolname as name, rolcanlogin as login, rolsuper as super, rolbypassrls as bypass from pg_roles where rolname in ('app_user', 'app_system') order by 1`);
    expect(roles).toEqual(['app_system', 'app_user'].map((name) => ({ name, login: false, super: false, bypass: false })));
    const reached = await rows(`
      select c.relname from pg_class c, unnest(array['app_user', 'app_system']) r
      where c.relnamespace = 'auth'::regnamespace and c.relkind = 'r' and has_table_privilege(r, c.oid, 'select, insert, update, delete')`);
    expect(reached).toEqual([]);
    expect(await rows(`select relname from pg_class where pg_get_userbyid(relowner) in ('app_user', 'app_system')`)).toEqual([]);
  });
});
