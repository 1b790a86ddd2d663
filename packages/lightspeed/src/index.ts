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
export { createLeakyBucketGovernor } from './rate-limit/leaky-bucket.ts';
export type { LeakyBucketOptions } from './rate-limit/leaky-bucket.ts';
export { leaving } from './rate-limit/governor.ts';
export type { AcquireOptions, Governor, GovernorSnapshot, Permit } from './rate-limit/governor.ts';
export type { RequestInfo } from './request-info.ts';
export { pkce, randomState } from './oauth/pkce.ts';
export { readAccessTokenClaims } from './oauth/token-pair.ts';
export type { AccessTokenClaims, TokenPair } from './oauth/token-pair.ts';
export { createRSeriesOAuth } from './r-series/oauth.ts';
export type { AuthorizationRequest, RSeriesOAuth, RSeriesOAuthOptions } from './r-series/oauth.ts';
export { rSeriesReports, rSeriesResources } from './r-series/catalog.ts';
export type {
  CalculatedAmount,
  RSeriesRecord,
  RSeriesReportName,
  RSeriesReportRow,
  RSeriesResourceName,
  RSeriesSession,
} from './r-series/catalog.ts';
export { createRSeriesClient } from './r-series/client.ts';
export type { RSeriesClient, RSeriesClientOptions, Snapshot } from './r-series/client.ts';
export type { TokenSource } from './r-series/api.ts';
export type { Position } from './r-series/position.ts';
export type { CustomerQuery, SaleQuery, SaleVoidQuery } from './r-series/query.ts';
export type { Page, WalkOptions } from './r-series/walk.ts';
export { normalizeXClosure } from './x-series/closure.ts';
export type { XClosure } from './x-series/closure.ts';
export { normalizeXSale } from './x-series/normalize-sale.ts';
export { xSaleLookUps } from './x-series/look-ups.ts';
export type { XLookUpDocuments, XSaleLookUps } from './x-series/look-ups.ts';
export { defaultXSeriesSwitches } from './x-series/switches.ts';
export type { XPaymentKind, XSeriesSwitches } from './x-series/switches.ts';
export { createFixedWindowGovernor } from './rate-limit/fixed-window.ts';
export type { FixedWindowOptions } from './rate-limit/fixed-window.ts';
export { createXSeriesClient } from './x-series/client.ts';
export { versionReached } from './x-series/position.ts';
export type { MissingLookUp, XLookUpResult } from './x-series/look-up-reader.ts';
export type { XApiVersion, XListQuery, XSaleSearch, XSeriesClient, XSeriesClientOptions } from './x-series/client.ts';
export type { LegacyQuery, LegacyResourceName } from './x-series/legacy.ts';
export type { XResourceName } from './x-series/resources.ts';
export {
  normalizeXCustomer,
  normalizeXOutlet,
  normalizeXPaymentType,
  normalizeXRecord,
  normalizeXRegister,
  normalizeXRetailer,
  normalizeXUser,
} from './x-series/normalize-look-ups.ts';
export type { XRecord } from './x-series/normalize-look-ups.ts';
export { parseDomainPrefix, xStoreUrl } from './x-series/domain-prefix.ts';
export { createXSeriesOAuth, personalToken } from './x-series/oauth.ts';
export type { XSeriesOAuth, XSeriesOAuthOptions, XTokenPair } from './x-series/oauth.ts';
export { parseXWebhook, verifyXWebhook } from './x-series/webhooks.ts';
export type { XDelivery, XWebhook, XWebhookDraft, XWebhooks, XWebhookType } from './x-series/webhooks.ts';
export { parseExactJson } from './x-series/exact-json.ts';
