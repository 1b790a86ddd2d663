import {
  absoluteAmount,
  type Amount,
  compareAmounts,
  formatAmount,
  roundAmount,
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
import { daysBetween } from '../../ledger/figure/business-day.ts';
import { readShopDays } from '../scene.ts';
import type { ShopDays } from '../shop-days.ts';
import { halfUnits, isOfSessions, isSales, linesOf, paymentsSide, salesSide, type Side, type Step, strayDays } from './bridge.ts';
import { comparedBySession, describeSessions } from './by-session.ts';
import { explainDays } from './explain-days.ts';
import { readPayments, readSales, type Scope } from './our-side.ts';
import { askPos, type Opened, type PosFigure, typedFigure } from './pos-figures.ts';
import { type Preset, presetNamed } from './presets.ts';
import type { Reconcile, ReconcileBody } from './schemas.ts';
import type { PosSession, SessionScope } from './sessions.ts';

/** The longest period: its receipts are looked at one by one. */
const LONGEST_DAYS = 92;
export type OpenedPos = Opened;

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
  const scope: SessionScope = {
    organizationId,
    posAccountId: body.posAccountId,
    shops: account.shops,
    registers: account.registers,
    from: body.from,
    to: body.to,
  };
  const { pos, sessions, side, stray, found } = await compared(services, { opened, scope, preset, body, minorDigits });
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
    sessions: await describeSessions(services, scope, sessions, minorDigits),
    reportRounding: formatAmount(isRounding ? left : ZERO),
    unexplained: isRounding ? 0 : roundAmount(left, minorDigits),
    unexplainedDays: stray
      .map(({ day, shopId, amount, within }) => ({
        day,
        shopId,
        within,
        left: subtractAmounts(amount, sumOf(found, day, shopId)),
      }))
      .filter((each) => compareAmounts(absoluteAmount(each.left), each.within) > 0)
      .map(({ day, shopId, left: amount }) => ({ day, shopId, amount: formatAmount(amount) })),
    signedOff: null,
  };
  await keep(services, organizationId, result, by);
  return result;
}

interface Compared {
  readonly pos: PosFigure;
  readonly sessions: readonly PosSession[];
  readonly side: Pick<Side, 'ours' | 'steps'>;
  /** Where the POS's own parts say something else than our data make of them. */
  readonly stray: readonly { readonly day: string; readonly shopId: string; readonly amount: Amount; readonly within: Amount }[];
  /** Steps found by reading those parts' receipts from the POS again. */
  readonly found: readonly Step[];
}

interface Question {
  readonly opened: OpenedPos | null;
  readonly scope: SessionScope;
  readonly preset: Preset;
  readonly body: ReconcileBody;
  readonly minorDigits: number;
}

async function compared(services: Services, question: Question): Promise<Compared> {
  const { opened, scope, preset, body, minorDigits } = question;
  if (opened !== null && isOfSessions(preset.counts)) return comparedBySession(services, { ...question, opened });
  const pos = opened === null ? typedFigure(body.typed ?? 0, minorDigits) : await askPos(opened, { ...body, preset });
  const side = await tenantTransaction(services.db, scope.organizationId, (trx) => readSide(trx, scope, preset, minorDigits));
  const client = opened?.provider === 'lightspeed-r' ? opened.client : null;
  const stray = pos.byShopDay === null ? [] : strayDays(pos.byShopDay, side.expected, minorDigits);
  const found = client === null ? [] : await explainDays(services, client, scope, preset, stray);
  return { pos, sessions: [], side, stray, found };
}

interface Account {
  readonly currency: string;
  readonly connectionId: string | null;
  readonly shops: readonly ShopDays[];
  readonly registers: SessionScope['registers'];
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
      .select(['register_id', 'shop_id', 'archived'])
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', posAccountId)
      .orderBy('register_id')
      .execute();
    return {
      currency: account.currency,
      connectionId: account.connectionId,
      shops,
      registers: registers.map(({ register_id, shop_id, archived }) => ({
        registerId: register_id,
        shopId: shop_id ?? '',
        archived,
      })),
    };
  });
}

async function openConnected(services: Services, organizationId: string, connectionId: string | null): Promise<OpenedPos> {
  if (connectionId === null) {
    throw new AppError('conflict', 'No connection leads to this POS account: type the POS’s figure in.');
  }
  return openPosClient(services, { organizationId, connectionId }, { patienceMs: 30_000 });
}

async function readSide(trx: Parameters<typeof readSales>[0], scope: Scope, preset: Preset, minorDigits: number): Promise<Side> {
  if (isSales(preset.counts)) return salesSide(await readSales(trx, scope), preset, scope, minorDigits);
  return paymentsSide(await readPayments(trx, scope), scope, minorDigits);
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
