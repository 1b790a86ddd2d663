const HIDDEN = new Set(['level', 'time', 'pid', 'msg', 'err']);
const LEVEL_WIDTH = 5;
const CLOCK = { start: 11, end: 19 };

/**
 * A log line for people at a terminal: time, level, message, then the fields; an error's stack below. Anything that is no log line of
 * ours stays as it is.
 */
export function readableLine(line: string): string {
  const entry = parse(line);
  if (entry === null) return line;
  const { level, time, msg, err } = entry;
  const fields = Object.entries(entry)
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, value]) => `${name}=${shown(value)}`);
  const clock = shown(time).slice(CLOCK.start, CLOCK.end);
  const head = [clock, shown(level).padEnd(LEVEL_WIDTH), shown(msg), ...fields].join(' ').trimEnd();
  const stack = typeof err === 'object' && err !== null && 'stack' in err ? `\n${shown(err.stack)}` : '';
  return `${head}${stack}\n`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null && 'level' in entry ? { ...entry } : null;
  } catch {
    return null;
  }
}
