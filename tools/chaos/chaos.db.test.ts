import { expect, test } from 'vitest';
import { startChild } from '../../test/child.ts';
import type { ChaosResult } from './run.ts';
import { PHASES, SHORT } from './settings.ts';

test('trade under kills in every phase, a killed database, network cuts and every fault at once ends with every cell, sale and version right (D1, D21)', async () => {
  const run = startChild('tools/chaos/main.ts', ['--short', '--seed', '7', '--json']);
  const result = JSON.parse(await run.line()) as ChaosResult;
  expect(result.complaints).toEqual([]);
  expect(result).toMatchObject({ ok: true, seed: 7, mismatches: 0, lost: 0, doubled: 0 });
  expect(await run.finish()).toBe(0);
  // What is told is counted from what happened.
  for (const phase of PHASES) expect(result.killsByPhase[phase], phase).toBeGreaterThanOrEqual(SHORT.kills[phase]);
  for (const [name, times] of Object.entries(result.faults)) expect(times, name).toBeGreaterThanOrEqual(SHORT.faultTimes);
  expect(result.databaseRestarts).toBe(SHORT.databaseRestarts);
  expect(result.networkCuts).toBe(SHORT.networkCuts);
  expect(result.mutations).toBeGreaterThanOrEqual(SHORT.mutations);
  expect(result.cells).toBeGreaterThan(1_000);
}, 420_000);
