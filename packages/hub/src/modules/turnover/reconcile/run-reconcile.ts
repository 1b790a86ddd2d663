import {
  type Amount,
  formatAmount,
  type Instant,
  compareAmounts,
  absoluteAmount,
  roundAmount,
  type RSeriesClient,
  type Sale,
  signOf,
  subtractAmounts,
  sumAmounts,
  ZERO,
} from '@tillweave/lightspeed';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Services } from '../../../platform/services.ts';
import { uuidv7 } from '../../../platform/uuid.ts';
import { type AuditActor, recordAudit } from '../../audit/record-audit.ts';
import { openPosClient } from '../../connections/pos-client.ts';
import { minorDigitsOf } from '../../ledger/currency.ts';
import { addDays, DAY_MS, daysBetween, placeOf } from '../../ledger/figure/business-day.ts';
import { readShopDays } from '../scene.ts';
import type { ShopDays } from '../shop-days.ts';
import {
  halfUnits,
  isSales,
  linesOf,
  paymentsSide,
  read,
  salesSide,
  sessionsSide,
  type Side,
  type Step,
  strayDays,
} from './bridge.ts';
import { readPayments, readRounding, readSales, type Scope } from './our-side.ts';
import { askPos, type PosFigure, reportedBy, salesAtPos, salesByIds, typedFigure } from './pos-figures.ts';
import { type Preset, presetNamed } from './presets.ts';
import type { Reconcile, ReconcileBody } from './schemas.ts';

/** The longest period: its receipts are looked at one by one. */
const LONGEST_DAYS = 92;
/** Days read again from the POS to find which receipts make a difference. */
const STRAY_DAYS_MOST = 10;

export type OpenedPos = Parameters<typeof askPos>[0];

/**
 * Sets our figure beside the POS's own and tells, receipt by receipt, why they differ. The causes follow from what is stored and from how the
 * POS counts; where the POS's rows still say otherwise, the receipts of those days are read again and compared. What is left is said as
 * unexplained.
 *
 * @param open Gives the account's client; the connection's own unless given.
 * @throws AppError `invalid_request`, `not_found`, or a `pos_*` code of reading the report.
 */
export async function runReconcile(
  services: Services,
  organizationId: string,
  body: ReconcileBody,
  by: { readonly actor: AuditActor; readonly at: Date },
  open: (connectionId: string | null) => Promise<OpenedPos> = (id) => openConnected(services, organizationId, id),
): Promise<Reconcile> {
  const preset = presetNamed(body.preset);
  if (body.to < body.from) throw new AppError('invalid_request', '`to` is before `from`.');
  if (daysBetween(body.from, body.to).length > LONGEST_DAYS) {
    throw new AppError('invalid_request', `At most ${LONGEST_DAYS} days at once.`);
  }
  const account = await readAccount(services, organizationId, body, preset);
  const minorDigits = minorDigitsOf(account.currency);
  if (body.typed === null && preset.source === 'typed') {
    throw new AppError('invalid_request', 'The POS shows this figure on a screen only: type it in.');
  }
  const opened = body.typed === null ? await open(account.connectionId) : null;
  const pos =
    opened === null
      ? typedFigure(body.typed ?? 0, minorDigits)
      : await askPos(opened, { ...body, preset, registerIds: account.registerIds });
  const scope: Scope = { organizationId, posAccountId: body.posAccountId, shops: account.shops, from: body.from, to: body.to };
  const side = await tenantTransaction(services.db, organizationId, (trx) => readSide(trx, scope, preset, pos, minorDigits));
  const client = opened?.provider === 'lightspeed-r' ? opened.client : null;
  const stray = pos.byShopDay === null ? [] : strayDays(pos.byShopDay, side.expected, minorDigits);
  const found = client === null ? [] : await explainDays(services, client, scope, preset, stray);
  const steps = [...side.steps, ...found];
  const left = subtractAmounts(subtractAmounts(pos.amount, side.ours), sumAmounts(steps.map(({ amount }) => amount)));
  const isRounding = compareAmounts(absoluteAmount(left), halfUnits(pos.rows, minorDigits)) <= 0;
  const result: Reconcile = {
    id: uuidv7(),
    at: by.at.toISOString(),
    author: { kind: by.actor.kind, id: by.actor.id, name: by.actor.name ?? null },
    preset: body.preset,
    posAccountId: body.posAccountId,
    shopId: body.shopId,
    shopName: body.shopId === null ? null : (account.shops[0]?.name ?? null),
    from: body.from,
    to: body.to,
    currency: account.currency,
    minorDigits,
    pos: { amount: roundAmount(pos.amount, minorDigits), source: pos.source, rows: pos.rows },
    ours: { amount: roundAmount(side.ours, minorDigits), measure: preset.measure },
    difference: roundAmount(subtractAmounts(pos.amount, side.ours), minorDigits),
    bridge: linesOf(steps, minorDigits),
    reportRounding: formatAmount(isRounding ? left : ZERO),
    unexplained: isRounding ? 0 : roundAmount(left, minorDigits),
    unexplainedDays: stray
      .map(({ day, shopId, amount }) => ({ day, shopId, left: subtractAmounts(amount, sumOf(found, day, shopId)) }))
      .filter(
        (each) =>
          compareAmounts(
            absoluteAmount(each.left),
            halfUnits(pos.byShopDay?.get(`${each.day}/${each.shopId}`)?.rows ?? 0, minorDigits),
          ) > 0,
      )
      .map(({ day, shopId, left: amount }) => ({ day, shopId, amount: formatAmount(amount) })),
    signedOff: null,
  };
  await keep(services, organizationId, result, by);
  return result;
}

interface Account {
  readonly currency: string;
  readonly connectionId: string | null;
  readonly shops: readonly ShopDays[];
  readonly registerIds: readonly string[];
}

async function readAccount(
  services: Services,
  organizationId: string,
  { posAccountId, shopId }: ReconcileBody,
  preset: Preset,
): Promise<Account> {
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const account = await trx
      .selectFrom('pos_account')
      .leftJoin('connection', (join) =>
        join
          .onRef('connection.organization_id', '=', 'pos_account.organization_id')
          .onRef('connection.pos_account_id', '=', 'pos_account.id')
          .on('connection.state', 'not in', ['retired', 'removed']),
      )
      .select(['pos_account.currency', 'pos_account.provider', 'connection.id as connectionId'])
      .where('pos_account.organization_id', '=', organizationId)
      .where('pos_account.id', '=', posAccountId)
      .executeTakeFirst();
    if (account === undefined) throw new AppError('not_found', 'There is no such POS account.');
    if (account.provider !== preset.provider) {
      throw new AppError('invalid_request', `${preset.name} is a report of the other series.`);
    }
    const shops = (await readShopDays(trx, organizationId)).filter(
      (shop) => shop.posAccountId === posAccountId && (shopId === null || shop.shopId === shopId),
    );
    if (shops.length === 0) throw new AppError('not_found', 'There is no such shop.');
    const registers = await trx
      .selectFrom('register')
      .select(['register_id', 'shop_id'])
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', posAccountId)
      .where('archived', '=', false)
      .orderBy('register_id')
      .execute();
    const registerIds = registers
      .filter((register) => shops.some((shop) => shop.shopId === register.shop_id))
      .map((register) => register.register_id);
    return { currency: account.currency, connectionId: account.connectionId, shops, registerIds };
  });
}

async function openConnected(services: Services, organizationId: string, connectionId: string | null): Promise<OpenedPos> {
  if (connectionId === null) {
    throw new AppError('conflict', 'No connection leads to this POS account: type the POS’s figure in.');
  }
  return openPosClient(services, { organizationId, connectionId }, { patienceMs: 30_000 });
}

async function readSide(
  trx: Parameters<typeof readSales>[0],
  scope: Scope,
  preset: Preset,
  pos: PosFigure,
  minorDigits: number,
): Promise<Side> {
  if (isSales(preset.counts)) return salesSide(await readSales(trx, scope), preset, scope, minorDigits);
  if (preset.counts === 'payments') return paymentsSide(await readPayments(trx, scope), scope, minorDigits);
  // Typed: the sessions are not known, so the period's payments are ours.
  if (pos.sessions === null) return paymentsSide(await readPayments(trx, scope), scope, minorDigits);
  const [first] = [...pos.sessions.values()].toSorted((a, b) => a - b);
  const since = new Date((first ?? Date.now()) - DAY_MS).toISOString().slice(0, 10);
  const wide = { ...scope, from: since < scope.from ? since : scope.from, to: addDays(scope.to, 2) };
  const rounding = await readRounding(trx, scope, pos.sessions);
  return sessionsSide(await readPayments(trx, wide), rounding, pos.sessions, minorDigits);
}

/** Reads the sales of days that do not agree from the POS, and tells which make the difference. */
async function explainDays(
  services: Services,
  client: RSeriesClient,
  scope: Scope,
  preset: Preset,
  stray: readonly { readonly day: string; readonly shopId: string }[],
): Promise<readonly Step[]> {
  const steps: Step[] = [];
  for (const { day, shopId } of stray.slice(0, STRAY_DAYS_MOST)) {
    const shop = scope.shops.find((each) => each.shopId === shopId);
    const calendar = (shop?.calendar ?? []).map((row) => ({ ...row, dayStartHour: 0 }));
    const noon = Date.parse(`${day}T12:00:00Z`);
    const window = { from: (noon - 2 * DAY_MS) as Instant, until: (noon + 2 * DAY_MS) as Instant };
    const theirs = (await salesAtPos(client, window)).filter(
      (sale) => sale.shopId === shopId && (calendar.length === 0 || placeOf(sale.occurredAt, calendar).businessDay === day),
    );
    steps.push(...(await compareDay(services, client, scope, preset, { day, shopId }, theirs)));
  }
  return steps;
}

async function compareDay(
  services: Services,
  client: RSeriesClient,
  scope: Scope,
  preset: Preset,
  { day, shopId }: { readonly day: string; readonly shopId: string },
  theirs: readonly Sale[],
): Promise<readonly Step[]> {
  const one = { ...scope, from: day, to: day };
  const ours = await tenantTransaction(services.db, scope.organizationId, async (trx) => {
    const amounts = new Map<string, { number: string; amount: Amount }>();
    if (isSales(preset.counts)) {
      for (const sale of await readSales(trx, one)) {
        if (sale.shop_id !== shopId || sale.calendar_day !== day || sale.state !== 'completed') continue;
        const amount = read(preset.counts === 'sale_totals' ? sale.totals : sale.subtotals);
        amounts.set(sale.sale_id, { number: sale.number, amount });
      }
      return amounts;
    }
    for (const payment of await readPayments(trx, one)) {
      if (payment.shop_id !== shopId || payment.sale_calendar_day !== day || payment.state !== 'completed') continue;
      const known = amounts.get(payment.sale_id)?.amount ?? ZERO;
      amounts.set(payment.sale_id, { number: payment.number, amount: sumAmounts([known, read(payment.amount)]) });
    }
    return amounts;
  });
  const steps: Step[] = [];
  const seen = new Set<string>();
  // One whose document carries no completion is in no list by it: asked for by itself before it is said to be missing there.
  const listed = new Set(theirs.map(({ id }) => id));
  const unlisted = await salesByIds(
    client,
    [...ours.keys()].filter((id) => !listed.has(id)),
  );
  for (const sale of [...theirs, ...unlisted]) {
    seen.add(sale.id);
    const known = ours.get(sale.id);
    const amount = subtractAmounts(reportedBy(sale, preset.counts), known?.amount ?? ZERO);
    if (signOf(amount) === 0) continue;
    const cause = known === undefined ? 'not_read' : sale.state === 'completed' ? 'differs_at_pos' : 'not_at_pos';
    steps.push({ cause, saleId: sale.id, number: sale.number, shopId, day, amount });
  }
  for (const [saleId, { number, amount }] of ours) {
    if (seen.has(saleId) || signOf(amount) === 0) continue;
    steps.push({ cause: 'not_at_pos', saleId, number, shopId, day, amount: subtractAmounts(ZERO, amount) });
  }
  return steps;
}

function sumOf(steps: readonly Step[], day: string, shopId: string): Amount {
  return sumAmounts(steps.filter((step) => step.day === day && step.shopId === shopId).map(({ amount }) => amount));
}

async function keep(
  services: Services,
  organizationId: string,
  result: Reconcile,
  by: { readonly actor: AuditActor; readonly at: Date },
): Promise<void> {
  const { id, posAccountId, shopId, preset, from, to, difference, unexplained } = result;
  await tenantTransaction(services.db, organizationId, async (trx) => {
    await trx
      .insertInto('reconcile')
      .values({
        organization_id: organizationId,
        id,
        at: by.at,
        author: JSON.stringify(result.author),
        pos_account_id: posAccountId,
        shop_id: shopId,
        preset,
        first_day: from,
        last_day: to,
        result: JSON.stringify(result),
      })
      .execute();
    await recordAudit(trx, {
      organizationId,
      ...by,
      action: 'reconcile.made',
      subject: { kind: 'reconcile', id, name: preset },
      after: { from, to, shopId, difference, unexplained },
    });
  });
}
