/** The reference's open questions about the R-Series, in its order, and what answers them here. */
export const openQuestions: readonly { readonly question: string; readonly decided: string }[] = [
  {
    question: 'Bodies of 403, 422, 429 and 5xx; content type of errors',
    decided: 'Emulator: the standard shape; `errorContentType`. Client: reads the text, never the header.',
  },
  {
    question: 'Shape of an empty list; `next` on an exactly full last page',
    decided: 'Emulator: `emptyList`, `fullLastPage`. Client: takes every spelling, and an empty trailing page.',
  },
  {
    question: 'Which spelling of updateTime filters, and which edits move which stamp',
    decided:
      'Emulator: `updateTimeFilter`, `updateTimeKey`, `absentStamp`. Client: `changeStamp` (found out by `probeChangeStamp()`), `updateTimeFilter`, `updateTimeSort`.',
  },
  { question: 'Does `archived` affect sales', decided: 'Emulator: `saleArchivedFilter`. Client: `askForArchivedSales`.' },
  {
    question: 'Burst limit; do refused requests add drips',
    decided: 'Emulator: ⌊size × 2/9⌋, and they do not. Client: believes the headers.',
  },
  {
    question: 'Are voided sales still `completed`, are their payments archived; does a PUT void',
    decided: 'World: not completed, payments stay. Emulator: `voidByPut`. Client: voided wins either way.',
  },
  {
    question: 'Tax-inclusive arithmetic, tips, cash rounding',
    decided: 'Client: `taxInclusive`, `cashRoundingKeys`. World: written down in `packages/emulator/src/world/types.ts`.',
  },
  {
    question: 'When V2, the old OAuth server and API keys end',
    decided: 'Emulator: all three work. Client: `version`, `auth: { apiKey }`.',
  },
  { question: 'Non-empty `Tags` of a customer', decided: 'Emulator: always empty. Client: not read.' },
  {
    question: 'Price of nested relations and of V2 offsets',
    decided: 'Emulator: doubled once, 0.0005 a row. Client: `nestedRelationFactor`; V2 is read without offsets.',
  },
  {
    question: '`redirect_uri`, JSON bodies at the token endpoint',
    decided: 'Emulator: checked where one is registered; all three encodings. Client: form encoded, no `scope` on refresh.',
  },
  {
    question: 'When an old refresh token dies',
    decided: 'Emulator: `revocation`. Client: safe either way; keep the new pair before using it.',
  },
  {
    question: 'Unknown parameters and relations',
    decided: 'Emulator: `unknownParameter`; unknown relations are a 400. Client: asks for none.',
  },
  {
    question: 'Columns of accounting reports; fields of Workorder and Locale; `pretty_print`',
    decided: 'Emulator: made up where the reference is silent. Client: reads day, shop and amount, keeps every column as it is.',
  },
  {
    question: 'Whether RegisterCount rows change after closing',
    decided: 'Emulator: ids and times never, amounts follow the payments.',
  },
  {
    question: 'Whether a refund line repeats the discount',
    decided: 'Emulator: a percentage is repeated; money off a line goes back with the whole line.',
  },
];
