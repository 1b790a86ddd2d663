import fc from 'fast-check';
import { afterAll } from 'vitest';
import { endFile } from './file-end.ts';

/**
 * Property tests try the same cases on every run, so that a change is judged by itself and not by luck. `PROPERTY_SEED=random` explores new
 * ones; a number repeats a run.
 */
const wanted = process.env['PROPERTY_SEED'] ?? '20261124';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });

afterAll(endFile);
