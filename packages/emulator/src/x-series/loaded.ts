import { xEndpoint } from './resource.ts';
import type { XResource } from './resource.ts';
import type { XRegistry } from './resources/registry.ts';
import { worldXRegistry } from './resources/registry.ts';
import type { XDocument } from './wire.ts';

/** Recorded documents by path segment: `{ "sales": [ … ], "outlets": [ … ] }`. */
export type XLoaded = Readonly<Record<string, readonly XDocument[]>>;

/** Serves recorded documents as they are, in the order of their versions; a resource that was not recorded is empty. */
export function loadedXRegistry(loaded: XLoaded): XRegistry {
  const names = new Set([...worldXRegistry.keys(), ...Object.keys(loaded)]);
  return new Map([...names].map((name) => [name, xEndpoint(loadedResource(name, loaded[name] ?? []))]));
}

function loadedResource(name: string, documents: readonly XDocument[]): XResource<XDocument> {
  const known = worldXRegistry.get(name);
  const rules = known?.use((table) => ({
    singular: table.singular,
    tombstones: table.tombstones,
    withoutVersion: table.withoutVersion === true,
    filters: Object.keys(table.filters ?? {}),
    ...(table.pageSizeMax === undefined
      ? {}
      : { pageSizeMax: (view: Parameters<typeof table.pageSizeMax>[0]) => table.pageSizeMax?.(view) ?? 0 }),
  }));
  const versions = new Map(documents.map((document, index) => [document, versionOf(document) ?? index + 1]));
  const version = (document: XDocument): number => versions.get(document) ?? 0;
  const ordered = documents.toSorted((left, right) => version(left) - version(right));
  const byId = new Map(ordered.map((document) => [idOf(document), document]));
  return {
    name,
    singular: rules?.singular ?? name,
    scopes: known?.scopes ?? [],
    tombstones: rules?.tombstones ?? 'always',
    withoutVersion: rules?.withoutVersion ?? false,
    filters: Object.fromEntries(
      (rules?.filters ?? []).map((filter) => [filter, (row: XDocument, value: string) => String(row[filter]) === value]),
    ),
    ...(rules?.pageSizeMax === undefined ? {} : { pageSizeMax: rules.pageSizeMax }),
    *walk(_view, after, before) {
      for (const document of ordered) {
        if (version(document) <= after) continue;
        if (version(document) >= before) return;
        yield document;
      }
    },
    find: (_view, id) => byId.get(id),
    id: idOf,
    version,
    isDeleted: (document) => typeof document['deleted_at'] === 'string',
    document: (document) => document,
  };
}

function idOf(document: XDocument): string {
  return typeof document['id'] === 'string' ? document['id'] : '';
}

/** At the top in 2.0, inside `_metadata` in the dated shape. */
function versionOf(document: XDocument): number | undefined {
  const metadata = document['_metadata'];
  const nested = typeof metadata === 'object' && metadata !== null && 'version' in metadata ? metadata.version : undefined;
  const version = document['version'] ?? nested;
  return typeof version === 'number' ? version : undefined;
}
