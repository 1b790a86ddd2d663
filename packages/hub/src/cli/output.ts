import type { Writable } from 'node:stream';

/** Results go to stdout, talk to stderr: so a pipe gets the result and nothing else. */
export interface Output {
  /** Whether results are one JSON document. */
  json: boolean;
  /** Prints the result: `value` as JSON, or `text` for people. */
  result(value: unknown, text: string | (() => string)): void;
  /** Tells people something on stderr. */
  say(text: string): void;
}

export function createOutput(stdout: Writable, stderr: Writable): Output {
  return {
    json: false,
    result(value, text) {
      const shown = this.json ? JSON.stringify(value) : typeof text === 'string' ? text : text();
      stdout.write(shown.endsWith('\n') ? shown : `${shown}\n`);
    },
    say(text) {
      stderr.write(`${text}\n`);
    },
  };
}

/** One column of a table for people. */
export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number | null | undefined;
  /** Figures stand on the right. */
  readonly align?: 'left' | 'right';
}

const GAP = '  ';

/** Rows in aligned columns under their titles; nothing and absent show as a dash. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map(({ value }) => String(value(row) ?? '') || '–'));
  const widths = columns.map(({ title }, index) => Math.max(title.length, ...cells.map((line) => line[index]?.length ?? 0)));
  const print = (line: readonly string[]): string =>
    line
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return columns[index]?.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join(GAP)
      .trimEnd();
  return [print(columns.map(({ title }) => title)), print(widths.map((width) => '─'.repeat(width))), ...cells.map(print)].join(
    '\n',
  );
}
