import { createEmulator } from '../emulator.ts';
import type { Emulator, EmulatorOptions } from '../emulator.ts';

/** A decoded answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Document = Readonly<Record<string, unknown>>;

/** An emulated account with a reader for its API. */
export interface TestAccount {
  readonly emulator: Emulator;
  readonly root: string;
  /** GET below the account, or of an absolute address; JSON unless told otherwise. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Follows `next` from a path to the end; the documents of every page. */
  walk(path: string): Promise<Document[][]>;
}

export const origin = 'http://pos.test';

/** A small world by default, on a frozen clock. */
export function testAccount(options: EmulatorOptions = {}): TestAccount {
  const emulator = createEmulator({ sales: 400, customers: 60, frozenClock: true, ...options });
  const { accountID, accessToken } = emulator.credentials.rSeries;
  const root = `${origin}/API/V3/Account/${accountID}`;
  const get: TestAccount['get'] = async (path, headers = {}) => {
    const response = await emulator.fetch(path.startsWith('http') ? path : root + path, {
      headers: { Authorization: `Bearer ${accessToken}`, Accept: 'application/json', ...headers },
    });
    const text = await response.text();
    const isJson = text.startsWith('{');
    return { status: response.status, headers: response.headers, text, body: isJson ? (JSON.parse(text) as Document) : {} };
  };
  return {
    emulator,
    root,
    get,
    async walk(path) {
      const pages: Document[][] = [];
      let address: string | undefined = path;
      while (address !== undefined && address !== '') {
        const answer: Answer = await get(address);
        if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
        pages.push(documentsOf(answer));
        address = linkOf(answer, 'next');
      }
      return pages;
    },
  };
}

/** The records of a list answer, whatever became of their array. */
export function documentsOf(answer: Answer): Document[] {
  const [, value] = Object.entries(answer.body).find(([key]) => key !== '@attributes') ?? [];
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as Document[]) : [value as Document];
}

export function linkOf(answer: Answer, name: 'next' | 'previous'): string {
  const attributes = answer.body['@attributes'] as Readonly<Record<string, string>>;
  return attributes[name] ?? '';
}

/** A filter's value, encoded. */
export function encoded(text: string): string {
  return encodeURIComponent(text);
}

export function idsOf(documents: readonly Document[], field: string): number[] {
  return documents.map((document) => Number(document[field]));
}
