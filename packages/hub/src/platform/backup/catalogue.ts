import pg from 'pg';

/** A table to save, its columns in order; partitions are saved through the table they belong to. */
export interface SavedTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
  /** Whether row-level security guards it: then it is read as the role that may see every tenant. */
  readonly guarded: boolean;
}

/** One partition of a saved table, with its bounds as PostgreSQL writes them. */
export interface SavedPartition {
  readonly parent: string;
  readonly name: string;
  readonly bounds: string;
}

/**
 * All tables of ours and of the sign-in, each after those its foreign keys point to. Not the job queue (it holds only what waits;
 * the sync's own tables know what is due) and not the list of migrations (made by migrating).
 */
export async function savedTables(client: pg.ClientBase): Promise<SavedTable[]> {
  const { rows } = await client.query<SavedTable & { needs: string[] }>(`
    select n.nspname as schema, c.relname as name, c.relrowsecurity as guarded,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = '' order by a.attnum) as columns,
      array(select distinct f.confrelid::regclass::text from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'
        and f.confrelid <> c.oid) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'auth') and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> 'schema_migration'
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by n.nspname, c.relname`);
  return inOrder(rows);
}

export async function savedPartitions(client: pg.ClientBase): Promise<SavedPartition[]> {
  const { rows } = await client.query<SavedPartition>(`
    select p.relname as parent, c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bounds
    from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
      join pg_namespace n on n.oid = c.relnamespace
    where c.relispartition and c.relkind = 'r' and n.nspname = 'public' order by c.relname`);
  return rows;
}

/** `"schema"."name"`, safe in a statement. */
export function quoted({ schema, name }: { schema: string; name: string }): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
}

function inOrder(tables: readonly (SavedTable & { needs: string[] })[]): SavedTable[] {
  const ordered: SavedTable[] = [];
  const placed = new Set<string>();
  let waiting = [...tables];
  while (waiting.length > 0) {
    const ready = waiting.filter(({ needs }) => needs.every((need) => placed.has(plain(need))));
    if (ready.length === 0)
      throw new Error(`Tables refer to each other in a circle: ${waiting.map(({ name }) => name).join(', ')}`);
    for (const { schema, name, columns, guarded } of ready) {
      ordered.push({ schema, name, columns, guarded });
      placed.add(plain(schema === 'public' ? name : `${schema}.${name}`));
    }
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  return ordered;
}

/** A name as `regclass` prints it, without the quotes it may carry. */
function plain(name: string): string {
  return name.replaceAll('"', '');
}
