export type * from './model.ts';
export type { Amount } from './amount.ts';
export {
  ZERO,
  absoluteAmount,
  addAmounts,
  amountFromUnits,
  amountOf,
  compareAmounts,
  divideRounded,
  formatAmount,
  multiplyAmounts,
  negateAmount,
  parseAmount,
  roundAmount,
  signOf,
  subtractAmounts,
  sumAmounts,
} from './amount.ts';
export type { Clock, Fetch } from './clock.ts';
export { systemClock } from './clock.ts';
export type { FailedRequest, PosErrorDetails } from './errors.ts';
export { PosError, RateLimited, Rejected, ShapeChanged, Unauthorized, Unavailable } from './errors.ts';
export { formatInstant, instantOf, parseInstant } from './instant.ts';
export {
  normalizeCustomer,
  normalizeEmployee,
  normalizePaymentType,
  normalizeRegister,
  normalizeSale,
  normalizeSaleVoid,
  normalizeShop,
} from './r-series/normalize.ts';
export type { PaymentKinds } from './r-series/normalize.ts';
export { defaultRSeriesSwitches } from './r-series/switches.ts';
export type { RSeriesSwitches } from './r-series/switches.ts';
