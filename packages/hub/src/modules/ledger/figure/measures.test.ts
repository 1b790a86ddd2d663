import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MEASURES, MEASURES_VERSION, measureNamed, PAYMENT_MEASURES, SALE_MEASURES } from './measures.ts';

const packages = join(import.meta.dirname, '../../../../..');
const page = readFileSync(join(packages, '../docs/measures.md'), 'utf8');
const ledger = readFileSync(join(packages, 'hub/migrations/0005_ledger.sql'), 'utf8');

describe('the list of measures', () => {
  it('has every name of docs/measures.md and no other', () => {
    const [stored = '', derived = ''] = page.split('## Derived when read');
    const rows = stored.split('\n').filter((line) => line.startsWith('| `'));
    const inTables = rows.flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([a-z_]+)`/gu)].map((match) => match[1]));
    const inText = [...(derived.split('##')[0] ?? '').matchAll(/`([a-z_]+)`/gu)].map((match) => match[1]);
    const listed = MEASURES.map(({ name }) => name);
    expect(new Set<string | undefined>(listed)).toEqual(new Set([...inTables, ...inText]));
    expect(inTables.length + inText.length).toBe(listed.length);
  });

  it('has a column for every stored one, where it belongs', () => {
    const columnsOf = (table: string) =>
      [
        ...(ledger.split(`create table ${table} (`)[1]?.split(');')[0] ?? '').matchAll(
          /^ {2}([a-z_]+) (bigint|numeric) not null default 0,/gmu,
        ),
      ].map((match) => match[1]);
    expect(columnsOf('sale_figure')).toEqual(SALE_MEASURES);
    expect(columnsOf('payment_figure')).toEqual(PAYMENT_MEASURES);
    expect(columnsOf('fact')).toEqual([...SALE_MEASURES, ...PAYMENT_MEASURES]);
  });

  it('derives ratios from stored measures only', () => {
    for (const measure of MEASURES) {
      if (measure.kind !== 'ratio') continue;
      for (const name of measure.ratioOf)
        expect(['sale', 'visitor'], `${measure.name}: ${name}`).toContain(measureNamed(name)?.source);
    }
  });

  it('is published as docs/reference/measures.md, written from it (vitest -u)', async () => {
    const rows = MEASURES.map((measure) => {
      const ratio = measure.kind === 'ratio' ? ` (${measure.ratioOf.join(' ÷ ')})` : '';
      const series = measure.provider === null ? 'both' : 'X-Series';
      return `| \`${measure.name}\` | ${measure.kind} | ${measure.basis} | ${measure.source} | ${measure.shown} | ${series} | ${measure.definition}${ratio} |`;
    });
    const text = [
      `# Measures, version ${MEASURES_VERSION}`,
      '',
      'Written from `packages/hub/src/modules/ledger/figure/measures.ts`; how each is reckoned stands in [measures.md](../measures.md). Payments are',
      'also kept by type: `payments:<payment type id>`. `GET /api/v1/measures` answers the same, with the organization’s preset.',
      '',
      '| name | kind | tax | from | shown | series | definition |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...rows,
      '',
    ].join('\n');
    await expect(text).toMatchFileSnapshot(join(packages, '../docs/reference/measures.md'));
  });

  it('knows a name, and no payment type', () => {
    expect(measureNamed('net_sales')?.basis).toBe('excl');
    expect(measureNamed('payments:1')).toBeUndefined();
  });
});
