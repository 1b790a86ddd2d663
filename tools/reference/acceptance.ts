import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDERS = ['packages/*/src/**/*.test.ts', 'packages/*/src/**/*.test.tsx', 'golden/**/*.test.ts', 'tools/**/*.test.ts'];
const TITLE = /\btest(?:\.\w+)*\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g;
const MENTION = /\b([MTCWP])(\d{1,2})(?:\s?[–-]\s?\1?(\d{1,2}))?\b/g;

/** The steps and promises of the five products that Tillweave replaces, by id: what a person can do. */
const promises = {
  M1: 'find "Lightspeed R" among the integrations and connect it',
  M2: 'sign in at the POS and come back connected',
  M3: 'state the age gate for loyalty',
  M4: 'complete the minimum set-up; until then the card says what is missing',
  M5: 'see at the POS which app is connected, under its exact name',
  M6: 'freeze and thaw a connection, or one shop',
  M7: 'retire a connection and keep its data',
  M8: 'map a store to the shops of the till',
  M9: 'be told of unmapped stores until they are mapped',
  M10: 'see the favourite store of a customer',
  M11: 'see where a persona comes from',
  M12: 'see when data came first, last, and comes next',
  M13: 'compare what each integration can do',
  M14: 'set the history start, the rate reserve and the rest',
  M15: 'get the four usual questions answered with live state',
  M16: 'see whether a sign-up reached the POS',
  T1: 'be shown how to make a personal token',
  T2: 'add a token with a pasted store address and its expiry',
  T3: 'state the age gate and map stores, as with R-Series',
  T4: 'be warned before a token expires, and told when it is refused',
  C1: 'create a connection under a name of its own',
  C2: 'choose the API version',
  C3: 'choose scopes, knowing what each is for',
  C4: 'use an OAuth client of one’s own',
  C5: 'copy the redirect address, or paste the redirected one',
  C6: 'authorise, and understand each way it can fail',
  C7: 'choose the hosts and limits from a list',
  C8: 'see what uses a connection',
  W1: 'only supervisors set this up; others are told whom to ask',
  W2: 'general settings of the POS import',
  W3: 'POS client and terminal numbers of a department',
  W4: 'say which measure a field of the balance shows',
  W5: 'let somebody without an account authorise, by a link',
  W6: 'import a period into the balance',
  W7: 'watch an import, and hear of an overdue one',
  W8: 'have the balance brought up to date every night',
  W9: 'reach help, with a diagnostic bundle',
  P1: 'add Lightspeed Retail by its API key',
  P2: 'see the link in the table of API keys',
  P3: 'map every known store to a department',
  P4: 'have the last days read again each night, and changes of any age',
  P5: 'read a day’s log of imported turnover',
} as const;

export type PromiseId = keyof typeof promises;

/** The tests whose names carry each id: file and title. */
export function provenPromises(): ReadonlyMap<PromiseId, readonly { readonly file: string; readonly title: string }[]> {
  const proofs = new Map<PromiseId, { file: string; title: string }[]>();
  for (const file of globSync(FOLDERS, { cwd: ROOT }).toSorted()) {
    for (const [, , title = ''] of readFileSync(`${ROOT}${file}`, 'utf8').matchAll(TITLE)) {
      for (const id of idsIn(title)) {
        const known = proofs.get(id);
        if (known === undefined) proofs.set(id, [{ file, title }]);
        else if (!known.some((proof) => proof.file === file && proof.title === title)) known.push({ file, title });
      }
    }
  }
  return proofs;
}

/** `M1–M3, T2` names four promises. */
export function idsIn(title: string): readonly PromiseId[] {
  const ids: PromiseId[] = [];
  for (const [, letter = '', from = '', to = from] of title.matchAll(MENTION)) {
    for (let number = Number(from); number <= Number(to); number += 1) {
      const id = `${letter}${number}`;
      if (isPromise(id)) ids.push(id);
    }
  }
  return ids;
}

function isPromise(id: string): id is PromiseId {
  return Object.hasOwn(promises, id);
}

/** The page: which test shows which promise. */
export function acceptancePage(): string {
  const proofs = provenPromises();
  const rows = Object.entries(promises).map(([id, promise]) => {
    const shown = (isPromise(id) ? proofs.get(id) : undefined) ?? [];
    const tests = shown.map(({ file, title }) => `\`${file}\`: ${title.replaceAll('|', '\\|')}`).join('<br>');
    return `| ${id} | ${promise} | ${tests === '' ? 'not yet' : tests} |`;
  });
  return [
    '# Acceptance',
    '',
    'Each step and promise of the products that Tillweave replaces, and the tests that carry its id in their name. Made from the tests by',
    '`npm run reference`.',
    '',
    '| id | a person can | shown by |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
