import { isDocument } from '../r-series/loaded.ts';
import type { XLoaded } from './loaded.ts';

/** A file of recorded documents, taken apart by series: R-Series resources are written `Sale`, X-Series ones `sales`. */
export interface SplitLoad {
  readonly rSeries: Readonly<Record<string, readonly unknown[]>> | undefined;
  readonly xSeries: XLoaded | undefined;
}

/** Throws with the path of the first thing that is not a list of documents. A file that names no X-Series resource is the R-Series'. */
export function splitLoad(load: unknown): SplitLoad {
  if (!isDocument(load)) return { rSeries: load as SplitLoad['rSeries'], xSeries: undefined };
  const entries = Object.entries(load) as [string, readonly unknown[]][];
  const x = entries.filter(([name]) => /^[a-z]/.test(name));
  const r = entries.filter(([name]) => !/^[a-z]/.test(name));
  return {
    rSeries: r.length > 0 || x.length === 0 ? Object.fromEntries(r) : undefined,
    xSeries:
      x.length === 0 ? undefined : Object.fromEntries(x.map(([name, documents]) => [name, readDocuments(name, documents)])),
  };
}

function readDocuments(name: string, documents: unknown): XLoaded[string] {
  // A single one may stand alone (`"retailer": { … }`).
  const list: readonly unknown[] = isDocument(documents) ? [documents] : Array.isArray(documents) ? documents : [];
  if (!isDocument(documents) && !Array.isArray(documents)) throw new Error(`"${name}" must be a list of documents.`);
  const wrong = list.findIndex((document) => !isDocument(document));
  if (wrong !== -1) throw new Error(`"${name}[${wrong}]" is not a document.`);
  return list.filter(isDocument);
}
