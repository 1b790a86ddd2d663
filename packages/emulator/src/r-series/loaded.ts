import { arraySource } from './array-source.ts';
import { readStamp } from './dates.ts';
import type { Field, FieldKind, Relation, Resource } from './resource.ts';
import { endpoint } from './source.ts';
import type { Endpoint } from './source.ts';
import { escapeJson, trimNumber } from './wire.ts';

/** A recorded document: whatever the POS once answered. */
export type LoadedDocument = Readonly<Record<string, unknown>>;

/**
 * Serves recorded documents as they are, with the filters, sorts and pages of the resource's table; resources without a table get one from
 * what their documents hold. A stamp that a document lacks is taken from its `timeStamp` when filtering and sorting (switch `absentStamp`);
 * `completeTime` only of completed sales.
 */
export function loadedEndpoint(name: string, documents: readonly LoadedDocument[], known: Resource<never> | undefined): Endpoint {
  const table = loadedTable(name, documents, known);
  return endpoint(
    table,
    arraySource(table, () => documents),
  );
}

/** Checks what came out of a `--load` file. Throws with the path of the first thing that is not a list of documents. */
export function readLoadFile(content: unknown): Record<string, LoadedDocument[]> {
  if (!isDocument(content)) throw new Error('The file must hold one JSON object: { "Sale": [ … ], "Shop": [ … ] }.');
  const resources: Record<string, LoadedDocument[]> = {};
  for (const [name, documents] of Object.entries(content)) {
    if (!Array.isArray(documents)) throw new Error(`"${name}" must be a list of documents.`);
    for (const [index, document] of documents.entries()) {
      if (!isDocument(document)) throw new Error(`"${name}[${index}]" is not a document.`);
    }
    resources[name] = documents.filter(isDocument);
  }
  return resources;
}

/** The children of a relation inside a document, be it wrapped, collapsed, `""` or not there. */
export function childrenOf(
  document: LoadedDocument,
  relation: string,
): { readonly name: string; readonly documents: readonly LoadedDocument[] } {
  const value = document[relation];
  if (!isDocument(value)) return { name: relation, documents: [] };
  const entries = Object.entries(value).filter(([key]) => key !== '@attributes');
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && typeof only[1] === 'object') {
    const [name, inner] = only;
    const list: readonly unknown[] = Array.isArray(inner) ? inner : [inner];
    return { name, documents: list.filter(isDocument) };
  }
  return { name: relation, documents: [value] };
}

function loadedTable(
  name: string,
  documents: readonly LoadedDocument[],
  known: Resource<never> | undefined,
): Resource<LoadedDocument> {
  const idField = known?.idField ?? `${name.charAt(0).toLowerCase()}${name.slice(1)}ID`;
  const knownFields = [...(known?.unshown ?? []), ...(known?.fields ?? []), ...(known?.tail ?? [])];
  const kinds = new Map<string, FieldKind>(knownFields.map((field) => [field.name, field.kind]));
  const relations = new Set<string>(known?.relations.map((relation) => relation.name));
  for (const document of documents) {
    for (const [key, value] of Object.entries(document)) {
      if (isDocument(value)) relations.add(key);
      else if (!kinds.has(key)) kinds.set(key, guessKind(key, value));
    }
  }
  const texts = new WeakMap<LoadedDocument, string>();
  return {
    name,
    idField,
    scopes: known?.scopes ?? [],
    fields: [...kinds].map(([field, kind]) => loadedField(field, kind)),
    relations: [...relations].map((relation) => loadedRelation(relation, known)),
    sorts: known?.sorts ?? [idField, ...(kinds.has('timeStamp') ? ['timeStamp'] : [])],
    archived: known?.archived ?? (kinds.has('archived') ? 'filtered' : 'ignored'),
    verbatim(document) {
      const written = texts.get(document) ?? escapeJson(JSON.stringify(document));
      texts.set(document, written);
      return written;
    },
  };
}

const fallbackStamps = new Set(['createTime', 'updateTime', 'updatetime', 'completeTime']);

function loadedField(name: string, kind: FieldKind): Field<LoadedDocument> {
  if (kind !== 'datetime') {
    return {
      name,
      kind,
      read(document) {
        const value = scalar(document[name]);
        return value !== undefined && (kind === 'money' || kind === 'number') ? trimNumber(value) : value;
      },
    };
  }
  return {
    name,
    kind,
    at(document, view) {
      const own = stampOf(document, name) ?? (name === 'updateTime' ? stampOf(document, 'updatetime') : undefined);
      if (own !== undefined || !fallbackStamps.has(name) || view.switches.absentStamp === 'no-match') return own;
      if (name === 'completeTime' && document['completed'] !== 'true') return undefined;
      return stampOf(document, 'timeStamp');
    },
  };
}

function stampOf(document: LoadedDocument, name: string): number | undefined {
  const value = scalar(document[name]);
  return value === undefined ? undefined : readStamp(value, 'UTC');
}

function loadedRelation(name: string, known: Resource<never> | undefined): Relation<LoadedDocument> {
  const knownRelation = known?.relations.find((relation) => relation.name === name);
  const table = (): Resource<never> => knownRelation?.table() ?? loadedTable(name, [], undefined);
  return {
    name,
    many: knownRelation?.many ?? true,
    table,
    visit(document, _view, visitor) {
      const children = childrenOf(document, name);
      for (const child of children.documents) visitor(loadedTable(children.name, [child], table()), child);
    },
  };
}

function guessKind(name: string, value: unknown): FieldKind {
  const text = scalar(value) ?? '';
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return 'datetime';
  if (name.endsWith('ID') && /^\d+$/.test(text)) return 'id';
  if (text === 'true' || text === 'false') return 'flag';
  return /^-?\d+(?:\.\d+)?$/.test(text) ? 'number' : 'text';
}

function scalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function isDocument(value: unknown): value is LoadedDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
