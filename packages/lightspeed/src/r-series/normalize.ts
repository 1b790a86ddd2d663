export {
  normalizeAccount,
  normalizeCustomer,
  normalizeEmployee,
  normalizePaymentType,
  normalizeRegister,
  normalizeSaleVoid,
  normalizeShop,
} from './normalize-look-ups.ts';
export { lacksLines, lacksPayments, normalizeSale } from './normalize-sale.ts';
export type { PaymentKinds } from './normalize-sale.ts';
