import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the young generation of this process's heap small. Pages make much garbage that is dead at once; left alone, V8 answers a long
 * import by letting that part of the heap grow several times over before it collects, so that memory seems to follow the account's size
 * (measured: 320 MB instead of 200 at 30,000 sales, with no gain in time).
 */
export function keepMemorySteady(): void {
  setFlagsFromString('--max-semi-space-size=4');
  setFlagsFromString('--semi-space-growth-factor=1');
}
