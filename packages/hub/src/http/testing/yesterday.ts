import { expect } from 'vitest';
import type { Normalized, Sale } from '@tillweave/lightspeed';
import { openPosClient } from '../../modules/connections/pos-client.ts';
import type { Page, PosClient } from '../../modules/sync/client.ts';
import { createRequestCounter } from '../../modules/sync/request-counter.ts';
import { syncSlice } from '../../modules/sync/sync-account.ts';
import { importDefaults } from '../../modules/stores/import-defaults.ts';
import type { WebBusiness } from './business.ts';
import type { WebHub } from './web-hub.ts';

/** A receipt that yesterday's code cannot read. */
export interface Unread {
  readonly shopId: string;
  /** The first one sold from then on. */
  readonly soldFrom: string;
  readonly code: string;
}

/** Reads everything there is to read, by code of yesterday that cannot read some of it: that is set aside. */
export async function syncByYesterdaysCode(
  { services }: WebHub,
  { organizationId, posAccountId, connectionId }: WebBusiness,
  unread: readonly Unread[],
): Promise<void> {
  const { db, clock } = services;
  const counter = createRequestCounter();
  const opened = await openPosClient(
    services,
    { organizationId, connectionId },
    { onRequest: (request) => counter.onRequest(request) },
  );
  if (opened.provider !== 'lightspeed-r') throw new Error('Only the R-Series was read by that code.');
  const { state, setAside } = await syncSlice(
    {
      db,
      clock,
      counter,
      client: spoiled(opened.client, unread),
      afterLookUps: (trx) => importDefaults(trx, { organizationId, posAccountId }),
    },
    { organizationId, posAccountId, connectionId, settings: { sliceMs: Number.POSITIVE_INFINITY } },
  );
  expect({ state, setAside }).toEqual({ state: 'partial', setAside: unread.length });
}

function spoiled(client: PosClient, unread: readonly Unread[]): PosClient {
  const found = new Map<Unread, string>();
  const spoil = (record: Normalized<Sale>): Normalized<Sale> => {
    if (!record.ok || record.value.state !== 'completed' || record.value.lines.length === 0) return record;
    const { id, shopId, occurredAt } = record.value;
    const one = unread.find(
      (each) => each.shopId === shopId && occurredAt >= Date.parse(each.soldFrom) && (found.get(each) ?? id) === id,
    );
    if (one === undefined) return record;
    found.set(one, id);
    return { ok: false, code: one.code, path: 'lines', message: 'Unknown then.', id, shopId, readableTime: occurredAt };
  };
  async function* pages(given: AsyncIterable<Page<Sale>>): AsyncGenerator<Page<Sale>> {
    for await (const page of given) yield { ...page, records: page.records.map(spoil) };
  }
  return { ...client, sales: (query, position) => pages(client.sales(query, position)) };
}
