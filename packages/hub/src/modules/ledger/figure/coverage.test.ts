import type { Instant } from '@tillweave/lightspeed';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf, dayOfSetAside, GRACE_MS, worstCoverage, type CoverageFacts, type CoverageState } from './coverage.ts';

const start = Date.UTC(2026, 8, 15) as Instant;
const end = Date.UTC(2026, 8, 16) as Instant;
const after = (ms: number) => (end + ms) as Instant;

/** A day that ended, was read to the end and holds sales. */
const done: CoverageFacts = {
  start,
  end,
  now: after(3_600_000),
  historyReadFrom: start,
  salesReadUntil: after(GRACE_MS),
  lookUpsRead: true,
  frozen: false,
  inGap: false,
  changesUnread: false,
  unsummed: false,
  setAside: 0,
  undatedSetAside: 0,
  confirmed: false,
  storedSales: 12,
  countedSales: 10,
  markedClosed: false,
};

function stateOf(change: Partial<CoverageFacts>): CoverageState {
  return coverageOf({ ...done, ...change }).state;
}

describe('D21: coverage of a shop’s day', () => {
  it('complete: read past the end and the grace, look-ups read, nothing set aside, history at or before it', () => {
    expect(coverageOf(done)).toEqual({ state: 'complete', reasons: [] });
  });

  it('running until the end, even when everything so far is read', () => {
    expect(stateOf({ now: after(-1), salesReadUntil: after(-1) })).toBe('running');
    expect(stateOf({ now: end, salesReadUntil: end })).toBe('partial');
  });

  it('a millisecond short of the grace is not complete', () => {
    expect(coverageOf({ ...done, salesReadUntil: after(GRACE_MS - 1) })).toEqual({
      state: 'partial',
      reasons: ['sales_not_caught_up'],
    });
  });

  it('is not complete while its receipts are not summed', () => {
    expect(coverageOf({ ...done, unsummed: true })).toEqual({ state: 'partial', reasons: ['figures_not_summed'] });
  });

  it('history that starts inside the day makes it partial', () => {
    expect(coverageOf({ ...done, historyReadFrom: (start + 1) as Instant })).toEqual({
      state: 'partial',
      reasons: ['history_not_read'],
    });
  });

  it('missing: nothing of it was read', () => {
    expect(stateOf({ historyReadFrom: null, storedSales: 0, countedSales: 0 })).toBe('missing');
    expect(stateOf({ salesReadUntil: start, storedSales: 0, countedSales: 0 })).toBe('missing');
    expect(stateOf({ historyReadFrom: null })).toBe('partial');
    expect(stateOf({ historyReadFrom: null, storedSales: 0, countedSales: 0, setAside: 1 })).toBe('partial');
  });

  it('of a shop that was never read nothing is known, today neither: no day of zero', () => {
    const never = { historyReadFrom: null, salesReadUntil: null, storedSales: 0, countedSales: 0, now: after(-1) };
    expect(stateOf(never)).toBe('missing');
    expect(stateOf({ ...never, storedSales: 1 })).toBe('running');
    expect(stateOf({ ...never, salesReadUntil: start })).toBe('running');
  });

  it('a frozen shop’s days, and those left unread, are not complete (M6)', () => {
    expect(coverageOf({ ...done, frozen: true })).toEqual({ state: 'partial', reasons: ['shop_frozen'] });
    expect(coverageOf({ ...done, inGap: true })).toEqual({ state: 'partial', reasons: ['gap_not_read'] });
    expect(coverageOf({ ...done, changesUnread: true })).toEqual({ state: 'partial', reasons: ['changes_not_read'] });
    expect(coverageOf({ ...done, frozen: true, now: after(-1) })).toEqual({ state: 'running', reasons: ['shop_frozen'] });
  });

  it('look-ups that could not be read, and documents set aside, make it partial', () => {
    expect(coverageOf({ ...done, lookUpsRead: false, setAside: 1 })).toEqual({
      state: 'partial',
      reasons: ['look_ups_not_read', 'document_set_aside'],
    });
  });

  it('D22: an undated document puts every unconfirmed day in doubt, no confirmed one', () => {
    expect(stateOf({ undatedSetAside: 1 })).toBe('partial');
    expect(stateOf({ undatedSetAside: 1, confirmed: true })).toBe('complete');
    expect(stateOf({ setAside: 1, confirmed: true })).toBe('partial');
  });

  it('zero and closed are two things: closed needs a mark', () => {
    expect(stateOf({ countedSales: 0 })).toBe('complete');
    expect(stateOf({ countedSales: 0, markedClosed: true })).toBe('closed');
    expect(stateOf({ countedSales: 1, markedClosed: true })).toBe('complete');
  });

  it('complete or closed exactly when the day ended and no reason stands against it', () => {
    const facts = fc.record<CoverageFacts>({
      start: fc.constant(start),
      end: fc.constant(end),
      now: fc.integer({ min: start, max: end + 7_200_000 }).map((ms) => ms as Instant),
      historyReadFrom: fc.option(fc.constantFrom(start, end, (start - 1) as Instant), { nil: null }),
      salesReadUntil: fc.option(fc.constantFrom(start, end, after(GRACE_MS)), { nil: null }),
      lookUpsRead: fc.boolean(),
      frozen: fc.boolean(),
      inGap: fc.boolean(),
      changesUnread: fc.boolean(),
      unsummed: fc.boolean(),
      setAside: fc.nat(1),
      undatedSetAside: fc.nat(1),
      confirmed: fc.boolean(),
      storedSales: fc.nat(1),
      countedSales: fc.nat(1),
      markedClosed: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, (day) => {
        const { state, reasons } = coverageOf(day);
        expect(state === 'complete' || state === 'closed').toBe(day.now >= end && reasons.length === 0);
        expect(state === 'running').toBe(day.now < end && state !== 'missing');
        if (state === 'missing') expect(day.storedSales).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('D21: a department is the worst of its sources', () => {
  const as = (state: CoverageState) => ({ state, reasons: [] });

  it('missing over partial over running over complete over closed', () => {
    expect(worstCoverage([as('complete'), as('missing'), as('partial')])?.state).toBe('missing');
    expect(worstCoverage([as('complete'), as('running')])?.state).toBe('running');
    expect(worstCoverage([as('partial'), as('running')])?.state).toBe('partial');
    expect(worstCoverage([as('closed'), as('complete')])?.state).toBe('complete');
    expect(worstCoverage([as('closed'), as('closed')])?.state).toBe('closed');
  });

  it('no source: not applicable', () => {
    expect(worstCoverage([])).toBeNull();
  });

  it('carries every source’s reasons once', () => {
    const partial = coverageOf({ ...done, setAside: 1 });
    const late = coverageOf({ ...done, salesReadUntil: end, setAside: 2 });
    expect(worstCoverage([partial, late])?.reasons).toEqual(['sales_not_caught_up', 'document_set_aside']);
  });
});

describe('D22: the day of a document set aside', () => {
  const calendar = [{ validFrom: '0001-01-01', timeZone: 'Europe/Copenhagen', dayStartHour: 0 }];

  it('is that of its readable time; without one no single day', () => {
    expect(dayOfSetAside({ readableTime: Date.parse('2026-09-15T22:00:00Z') as Instant }, calendar)).toBe('2026-09-16');
    expect(dayOfSetAside({ readableTime: null }, calendar)).toBeNull();
  });
});
