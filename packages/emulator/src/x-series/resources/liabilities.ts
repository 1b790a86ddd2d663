import type { XGiftCard, XStoreCredit } from '../../world/x-types.ts';
import { rowOf } from '../view.ts';
import type { XView } from '../view.ts';
import { stamp } from '../wire.ts';
import type { XDocument } from '../wire.ts';
import { customers } from './people.ts';

/** X §10. */
export function giftCardDocument(card: XGiftCard): XDocument {
  return {
    id: card.id,
    number: card.number,
    ...(card.saleId === null ? {} : { sale_id: card.saleId }),
    created_at: stamp(card.createdAt),
    ...(card.expiresAt === null ? {} : { expires_at: stamp(card.expiresAt) }),
    sale_source: 'USER',
    status: card.status,
    balance: card.balance,
    total_sold: card.totalSold,
    total_redeemed: card.totalRedeemed,
    gift_card_transactions: card.transactions.map((transaction) => ({
      id: transaction.id,
      amount: transaction.amount,
      type: transaction.type,
      ...(transaction.userId === null ? {} : { user_id: transaction.userId }),
      created_at: stamp(transaction.createdAt),
      client_id: transaction.id,
      source: transaction.saleId === null ? 'API' : 'SALE',
      ...(transaction.saleId === null ? {} : { source_id: transaction.saleId }),
    })),
  };
}

/** X §10: ids look like base64. `customer` only when it is asked for (`includes[]=customer`). */
export function storeCreditDocument(credit: XStoreCredit, view: XView, withCustomer: boolean): XDocument {
  const customer = withCustomer ? rowOf(view.state.customers(), credit.customerId) : undefined;
  return {
    id: credit.id,
    customer_id: credit.customerId,
    customer: customer === undefined ? null : customers.document(customer, view),
    balance: credit.balance,
    total_credit_issued: credit.totalIssued,
    total_credit_redeemed: credit.totalRedeemed,
    created_at: stamp(credit.createdAt),
    store_credit_transactions: credit.transactions.map((transaction) => ({
      id: transaction.id,
      amount: transaction.amount,
      type: transaction.type,
      notes: transaction.notes,
      ...(transaction.userId === null ? {} : { user_id: transaction.userId }),
      ...(transaction.saleId === null ? {} : { sale_id: transaction.saleId }),
      client_id: transaction.id,
      created_at: stamp(transaction.createdAt),
    })),
  };
}
