/** The golden trade names as an X-Series till plays them: those of the R-Series where nothing differs, and its own. */
import type { EditSale, RingUp, SaleAdjustment, SaleAttribute, TicketLine } from '../events.ts';
import { centsText } from '../exact.ts';
import type { XGoldenName } from '../golden-names.ts';
import type { Prompter, Script } from '../golden-trade.ts';
import { back, on, pay, R_SCRIPTS } from '../golden-trade.ts';
import { instantText } from '../zone.ts';
import { xDue } from './ordinary.ts';

type Edit = Partial<Omit<EditSale, 'event' | 'sale' | 'at' | 'golden'>>;

/** Something more happens to a sale. */
const later = (say: Prompter, sale: RingUp, at: number, edit: Edit): EditSale => ({
  event: 'edit',
  sale: sale.sale,
  at: instantText(at),
  golden: say.golden,
  ...edit,
});

/** What is still to be handed over or paid. */
const open = (attributes: readonly SaleAttribute[]): { completed: false; attributes: readonly SaleAttribute[] } => ({
  completed: false,
  attributes,
});

const giftCard = (amount: string, number: string): TicketLine => ({
  kind: 'gift_card',
  quantity: '1',
  price: amount,
  giftCard: number,
});

/** One script for each name. */
export const X_SCRIPTS: Readonly<Record<XGoldenName, Script>> = {
  ...without(R_SCRIPTS),
  'layaway/layby day 1, part-paid day 9, complete day 40': on(0, 0, (say, shop, day) => {
    const done = say.day(39);
    if (done === null || say.stage.customers < 4) return null;
    const [first, second, last] = [
      say.at(shop, day, '10:00:00'),
      say.at(shop, day + 8, '17:00:00'),
      say.at(shop, done, '12:00:00'),
    ];
    const lines = [{ ...say.goods(shop, 27, '2'), price: '499.95' }];
    const paid = [pay('cash', 20_000), { ...pay('cash', 30_000), at: instantText(second) }];
    const rest = say.due(shop, lines) - 50_000;
    const sale = say.sale(shop, first, lines, { customer: '1', ...open(['layby']), payments: paid.slice(0, 1) });
    return [
      sale,
      later(say, sale, second, { payments: paid }),
      later(say, sale, last, { completed: true, payments: [...paid, { ...pay('card', rest), at: instantText(last) }] }),
    ];
  }),
  'gift card sold': on(1, 5, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '12:00:00'), [giftCard('500', 'GOLD-1')], { payments: [pay('card', 50_000)] }),
  ]),
  'gift card redeemed and sold on one ticket': on(0, 6, (say, shop, day) => {
    const lines = [{ ...say.goods(shop, 28), price: '480' }, giftCard('200', 'GOLD-2')];
    const payments = [{ ...pay('gift_card', 10_000), giftCard: 'GOLD-1' }, pay('card', say.due(shop, lines) - 10_000)];
    return [say.sale(shop, say.at(shop, day, '14:00:00'), lines, { payments })];
  }),
  'store credit': on(0, 7, (say, shop, day) => {
    const sale = say.sale(shop, say.at(shop, day, '11:00:00'), [say.goods(shop, 29)]);
    const lines = [back(sale, 1)];
    const amount = say.due(shop, lines);
    const again = [say.goods(shop, 29)];
    const customer = { customer: '2' };
    return say.stage.customers < 4
      ? null
      : [
          sale,
          say.sale(shop, say.at(shop, day + 1, '11:00:00'), lines, { ...customer, payments: [pay('credit_account', amount)] }),
          say.sale(shop, say.at(shop, day + 1, '11:30:00'), again, { ...customer, payments: [pay('credit_account', -amount)] }),
        ];
  }),
  tip: on(1, 7, (say, shop, day) => {
    const lines = [say.goods(shop, 30)];
    const adjustments: SaleAdjustment[] = [{ kind: 'tip', name: 'Tip', amount: '15' }];
    const payments = [pay('card', xDue(shop, lines, '0', adjustments))];
    return [say.sale(shop, say.at(shop, day, '18:00:00'), lines, { payments, adjustments })];
  }),
  'shipping or fee': on(1, 8, (say, shop, day) => {
    const lines = [say.goods(shop, 31)];
    const adjustments: SaleAdjustment[] = [{ kind: 'shipping', name: 'Parcel', amount: '39.95', taxRates: shop.rates }];
    const payments = [pay('ecom', xDue(shop, lines, '0', adjustments))];
    return [say.sale(shop, say.at(shop, day, '12:00:00'), lines, { source: 'ECOMMERCE', adjustments, payments })];
  }),
  'sale-level discount line': on(0, 16, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '12:00:00'), [
      { ...say.goods(shop, 5), price: '249' },
      { kind: 'rebate', quantity: '1', price: '-20' },
    ]),
  ]),
  'discount line on a return': on(0, 17, (say, shop, day) => {
    const sale = say.sale(shop, say.at(shop, day, '12:00:00'), [
      { ...say.goods(shop, 6), price: '100' },
      { kind: 'rebate', quantity: '1', price: '-10' },
    ]);
    const lines: TicketLine[] = [back(sale, 1), { kind: 'rebate', quantity: '1', price: '10' }];
    return [sale, say.sale(shop, say.at(shop, day + 1, '15:00:00'), lines)];
  }),
  'on account, paid later': on(0, 4, (say, shop, day) => {
    const paidOn = say.day(34);
    if (paidOn === null || say.stage.customers < 4) return null;
    const lines = [say.goods(shop, 11), say.reduced(shop, 1)];
    const sale = say.sale(shop, say.at(shop, day, '15:30:00'), lines, { customer: '3', ...open(['onaccount']), payments: [] });
    const at = say.at(shop, paidOn, '10:00:00');
    return [sale, later(say, sale, at, { completed: true, payments: [pay('card', say.due(shop, lines))] })];
  }),
  'parked return never finished': on(1, 10, (say, shop, day) => {
    const sale = say.sale(shop, say.at(shop, day, '12:00:00'), [say.goods(shop, 12)]);
    const parked = say.sale(shop, say.at(shop, day + 1, '12:00:00'), [back(sale, 1)], { completed: false, payments: [] });
    return [sale, parked];
  }),
  'pickup closed': on(0, 18, (say, shop, day) => {
    const sale = say.sale(shop, say.at(shop, day, '20:00:00'), [say.goods(shop, 13)], open(['pickup']));
    return [sale, later(say, sale, say.at(shop, day + 2, '11:00:00'), { completed: true })];
  }),
  'delivery open': on(1, 11, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '13:00:00'), [say.goods(shop, 14)], open(['delivery'])),
  ]),
  surcharge: on(1, 12, (say, shop, day) => {
    const lines = [say.goods(shop, 15)];
    const adjustments: SaleAdjustment[] = [{ kind: 'surcharge', name: 'Card surcharge', amount: '3.33', taxRates: shop.rates }];
    const payments = [pay('card', xDue(shop, lines, '0', adjustments))];
    return [say.sale(shop, say.at(shop, day, '13:00:00'), lines, { adjustments, payments })];
  }),
  'voided line in a closed sale': on(2, 5, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '13:00:00'), [{ ...say.goods(shop, 16), voided: true }, say.goods(shop, 17)]),
  ]),
  'nested shape': on(2, 8, (say, shop, day) => [rich(say, say.at(shop, day, '14:00:00'), 2)].flat()),
  'webhook shape': on(0, 19, (say, shop, day) => [rich(say, say.at(shop, day, '14:00:00'), 0)].flat()),
};

/** A sale with something of everything that has a place of its own in a document. */
function rich(say: Prompter, at: number, place: number): RingUp[] {
  const shop = say.shop(place);
  if (shop === null) return [];
  const lines: TicketLine[] = [
    { ...say.goods(shop, 18, '2'), discountPercent: '0.15', note: 'As a present' },
    { ...say.reduced(shop, 2), listPrice: '400', price: '320' },
    { kind: 'rebate', quantity: '1', price: '-12.5' },
  ];
  const adjustments: SaleAdjustment[] = [
    { kind: 'surcharge', name: 'Card surcharge', amount: '2.5', taxRates: shop.rates },
    { kind: 'shipping', name: 'Parcel', amount: '49', taxRates: shop.rates },
  ];
  const amount = xDue(shop, lines, '0', adjustments);
  const payments = [pay('card', amount - 10_000), { ...pay('cash', 10_000), change: '100' }];
  return [say.sale(shop, at, lines, { adjustments, payments, note: `Said at the till: ${centsText(amount)}` })];
}

/** The scripts of the names both series know. */
function without(scripts: typeof R_SCRIPTS): Pick<typeof R_SCRIPTS, Extract<XGoldenName, keyof typeof R_SCRIPTS>> {
  const {
    '100 % discount stored as 0.999999999': _stored,
    'rebate line': _rebate,
    'archived payment': _archived,
    'line taxes unrounded against sale tax': _unrounded,
    'special-order line in a completed sale': _special,
    "line with another shop's id": _other,
    'document without completeTime': _undated,
    ...both
  } = scripts;
  return both;
}
