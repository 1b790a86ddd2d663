import type { ColumnType, Generated, JSONColumnType } from 'kysely';

/**
 * The tables as Kysely sees them, column names as in SQL. What the driver hands out (see `pool.ts`): `bigint` as a safe number,
 * `numeric` as exact text, `date` as `YYYY-MM-DD`, `timestamptz` as Date. `sum()` over bigint is `numeric`, hence text.
 */
export interface Database {
  organization: OrganizationTable;
  access_token: AccessTokenTable;
  audit_entry: AuditEntryTable;
  notification: NotificationTable;
  notification_read: NotificationReadTable;
  notification_rule: NotificationRuleTable;
  invitation: InvitationTable;
  pos_account: PosAccountTable;
  connection: ConnectionTable;
  credential: CredentialTable;
  call_permit: CallPermitTable;
  connection_event: ConnectionEventTable;
  read_gap: ReadGapTable;
  oauth_attempt: OauthAttemptTable;
  oauth_client: OauthClientTable;
  attestation: AttestationTable;
  authorization_link: AuthorizationLinkTable;
  idempotency_key: IdempotencyKeyTable;
  store: StoreTable;
  department: DepartmentTable;
  mapping: MappingTable;
  shop_import: ShopImportTable;
  closed_day: ClosedDayTable;
  shop: ShopTable;
  shop_calendar: ShopCalendarTable;
  register: RegisterTable;
  employee: EmployeeTable;
  payment_type: PaymentTypeTable;
  customer: CustomerTable;
  sale: SaleTable;
  sale_line: SaleLineTable;
  payment: PaymentTable;
  sale_void: SaleVoidTable;
  page: PageTable;
  sale_version: SaleVersionTable;
  customer_version: CustomerVersionTable;
  sale_figure: SaleFigureTable;
  left_out_sale_figure: SaleFigureTable;
  left_out_payment_figure: PaymentFigureTable;
  request_log: RequestLogTable;
  payment_figure: PaymentFigureTable;
  fact: FactTable;
  payment_fact: PaymentFactTable;
  dirty_day: DirtyDayTable;
  fact_day: FactDayTable;
  fact_month: FactMonthTable;
  account_hour: AccountHourTable;
  payment_day: PaymentDayTable;
  payment_month: PaymentMonthTable;
  fact_state: FactStateTable;
  dirty_sale: DirtySaleTable;
  turnover_change: TurnoverChangeTable;
  turnover_import: TurnoverImportTable;
  mapping_change: MappingChangeTable;
  opening_hours: OpeningHoursTable;
  visitor: VisitorTable;
  turnover_setting: TurnoverSettingTable;
  reconcile: ReconcileTable;
  register_closure: RegisterClosureTable;
  run: RunTable;
  set_aside: SetAsideTable;
  sync_state: SyncStateTable;
  cursor: CursorTable;
  webhook: WebhookTable;
  hint: HintTable;
  'auth.user': AuthUserTable;
  'auth.account': AuthAccountTable;
  'auth.session': AuthSessionTable;
  'auth.organization': AuthOrganizationTable;
  'auth.member': AuthMemberTable;
  'auth.operator': AuthOperatorTable;
  'auth.twoFactor': AuthTwoFactorTable;
}

/** Read as Date; written as Date or ISO 8601 text. */
type Timestamp = ColumnType<Date, Date | string, Date | string>;
type NullableTimestamp = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** As Timestamp, with `now()` when left out. */
type DefaultNow = ColumnType<Date, Date | string | undefined, Date | string>;
/** JSON: written as text (`JSON.stringify`), read as the parsed value. */
type Json = ColumnType<unknown, string | null | undefined, string | null>;
/** Exact decimals; written as text or number. */
type Numeric = ColumnType<string, string | number, string | number>;
/** A measure in minor units or a count; 0 when left out. */
type Amount = ColumnType<number, number | undefined, number>;
/** A quantity measure, exact; 0 when left out. */
type Quantity = ColumnType<string, string | number | undefined, string | number>;

interface OfAccount {
  organization_id: string;
  pos_account_id: string;
}

interface OrganizationTable {
  organization_id: string;
  name: string;
  currency: string;
  time_zone: string;
  week_start: Generated<number>;
  day_start_hour: Generated<number>;
  created_at: DefaultNow;
  multiple_cash_registers: Generated<boolean>;
  pos_import: Generated<boolean>;
  pos_connection_id: string | null;
  auto_confirm: Generated<boolean>;
  /** `HH:MM:SS`. */
  auto_confirm_at: Generated<string>;
  /** `HH:MM:SS`. */
  nightly_at: Generated<string>;
  integration_contact: Json;
  support: Json;
}

interface AuditEntryTable {
  organization_id: string;
  id: string;
  at: Timestamp;
  actor_kind: 'person' | 'token' | 'command' | 'system';
  actor_id: string | null;
  actor_name: string | null;
  acting_as: Generated<boolean>;
  action: string;
  subject_kind: string;
  subject_id: string | null;
  subject_name: string | null;
  before: Json;
  after: Json;
  reason: string | null;
}

interface NotificationTable {
  organization_id: string;
  id: string;
  kind: string;
  key: string;
  data: JSONColumnType<Record<string, unknown>, string | undefined>;
  raised_at: Timestamp;
  resolved_at: NullableTimestamp;
  mailed_at: NullableTimestamp;
}

interface NotificationReadTable {
  organization_id: string;
  notification_id: string;
  user_id: string;
  read_at: Timestamp;
}

interface NotificationRuleTable {
  organization_id: string;
  kind: string;
  role: string;
  bell: boolean;
  mail: boolean;
}

interface InvitationTable {
  organization_id: string;
  id: string;
  email: string;
  role: string;
  department_ids: string[] | null;
  token_hash: Buffer;
  invited_by: string | null;
  created_at: Timestamp;
  expires_at: Timestamp;
  accepted_at: NullableTimestamp;
  revoked_at: NullableTimestamp;
}

interface AccessTokenTable {
  organization_id: string;
  id: string;
  name: string;
  prefix: string;
  hash: Buffer;
  scopes: Generated<string[]>;
  created_by: string | null;
  department_ids: string[] | null;
  created_at: DefaultNow;
  expires_at: NullableTimestamp;
  last_used_at: NullableTimestamp;
  revoked_at: NullableTimestamp;
}

interface PosAccountTable {
  organization_id: string;
  id: string;
  provider: 'lightspeed-r' | 'lightspeed-x';
  external_id: string;
  name: string;
  currency: string;
  switches: JSONColumnType<Record<string, unknown>, string | undefined>;
  created_at: DefaultNow;
  nightly_days: Generated<number>;
  nightly_time: Generated<string>;
  nightly_zone: string | null;
  poll_seconds: Generated<number>;
  rate_reserve: Generated<number>;
  history_from: string | null;
  registers_out: ColumnType<string[], string[] | undefined, string[]>;
  shop_filter: JSONColumnType<Record<string, unknown>, string | undefined>;
  mirror_archived: Generated<boolean>;
}

interface CallPermitTable {
  organization_id: string;
  connection_id: string;
  process_id: string;
  until: Timestamp;
}

interface ConnectionEventTable {
  organization_id: string;
  id: string;
  at: Timestamp;
  connection_id: string | null;
  pos_account_id: string | null;
  shop_id: string | null;
  from_state: string | null;
  to_state: string;
  reason: string | null;
  choice: string | null;
  actor: JSONColumnType<Record<string, unknown>>;
}

interface ReadGapTable extends OfAccount {
  id: string;
  shop_id: string | null;
  from_at: Timestamp;
  until_at: NullableTimestamp;
  closes: 'poll' | 'history' | 'asked';
  places: JSONColumnType<Record<string, unknown>, string | undefined>;
  /** A `tstzmultirange`, as text. */
  reread: Generated<string>;
  left_at: NullableTimestamp;
}

interface RequestLogTable {
  organization_id: string;
  connection_id: string;
  requests: Json;
  budget: Json;
  updated_at: DefaultNow;
}

interface ConnectionTable {
  organization_id: string;
  id: string;
  name: string;
  provider: 'lightspeed-r' | 'lightspeed-x';
  api_type: string;
  pos_account_id: string | null;
  state: string;
  state_reason: string | null;
  state_changed_at: DefaultNow;
  scopes: Generated<string[]>;
  last_success_at: NullableTimestamp;
  last_error: Json;
  verify_account: Generated<boolean>;
  created_at: DefaultNow;
  oauth_client_id: string | null;
  hosts: JSONColumnType<Record<string, unknown>, string | undefined>;
  notification_email: string | null;
  first_settings: JSONColumnType<Record<string, unknown>, string | undefined>;
}

interface OauthClientTable {
  organization_id: string;
  id: string;
  provider: 'lightspeed-r' | 'lightspeed-x';
  name: string;
  client_id: string;
  sealed: string | null;
  created_at: DefaultNow;
  updated_at: DefaultNow;
}

interface AttestationTable {
  organization_id: string;
  id: string;
  connection_id: string;
  kind: string;
  text: string;
  attested_at: Timestamp;
  attested_by: string | null;
  attested_by_name: string;
  withdrawn_at: NullableTimestamp;
  withdrawn_by_name: string | null;
}

interface AuthorizationLinkTable {
  organization_id: string;
  id: string;
  connection_id: string;
  token_hash: Buffer;
  email: string;
  requested_by: string | null;
  requested_by_name: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  used_at: NullableTimestamp;
  withdrawn_at: NullableTimestamp;
}

interface CredentialTable {
  organization_id: string;
  connection_id: string;
  sealed: string;
  expires_at: NullableTimestamp;
  generation: Generated<number>;
  refresh_attempts: ColumnType<Date[], Date[] | undefined, Date[]>;
  updated_at: DefaultNow;
  revision: Generated<number>;
  stated_expires_on: string | null;
  never_expires: Generated<boolean>;
}

interface OauthAttemptTable {
  organization_id: string;
  state_hash: Buffer;
  connection_id: string;
  session_id: string;
  sealed: string;
  created_at: DefaultNow;
  expires_at: Timestamp;
}

interface IdempotencyKeyTable {
  organization_id: string;
  actor_id: string;
  key: string;
  request_hash: Buffer;
  status: number | null;
  sealed: string | null;
  created_at: DefaultNow;
}

interface StoreTable {
  organization_id: string;
  id: string;
  name: string;
  time_zone: string | null;
  created_at: DefaultNow;
}

interface DepartmentTable {
  organization_id: string;
  id: string;
  store_id: string;
  name: string;
  created_at: DefaultNow;
}

interface MappingTable extends OfAccount {
  id: string;
  shop_id: string;
  register_id: string | null;
  department_id: string;
  valid_from: string;
  valid_until: string | null;
  created_at: DefaultNow;
}

interface ShopImportTable extends OfAccount {
  shop_id: string;
  imported_at: DefaultNow;
}

interface ClosedDayTable extends OfAccount {
  shop_id: string;
  business_day: string;
  reason: Generated<string>;
  created_at: DefaultNow;
}

interface ShopTable extends OfAccount {
  shop_id: string;
  name: string;
  time_zone: string | null;
  archived: Generated<boolean>;
  problem: string | null;
  document: Json;
  first_seen_at: DefaultNow;
  frozen_at: NullableTimestamp;
  frozen_reason: string | null;
  country: string | null;
  region: string | null;
  counted: Generated<boolean>;
}

interface ShopCalendarTable extends OfAccount {
  shop_id: string;
  valid_from: string;
  time_zone: string;
  day_start_hour: Generated<number>;
  zone_overridden: Generated<boolean>;
}

interface RegisterTable extends OfAccount {
  register_id: string;
  shop_id: string | null;
  name: string;
  archived: Generated<boolean>;
  document: Json;
}

interface EmployeeTable extends OfAccount {
  employee_id: string;
  name: string;
  archived: Generated<boolean>;
  document: Json;
}

interface PaymentTypeTable extends OfAccount {
  payment_type_id: string;
  name: string;
  kind: string;
  archived: Generated<boolean>;
}

interface CustomerTable extends OfAccount {
  customer_id: string;
  first_name: Generated<string>;
  last_name: Generated<string>;
  company: Generated<string>;
  emails: Generated<string[]>;
  phones: Generated<string[]>;
  archived: Generated<boolean>;
  archived_at_pos: Generated<boolean>;
  created_at: NullableTimestamp;
  changed_at: NullableTimestamp;
  seen_at: Timestamp;
  hash: Buffer;
  version: number;
}

interface SaleTable extends OfAccount {
  sale_id: string;
  number: string;
  shop_id: string;
  register_id: Generated<string>;
  employee_id: string | null;
  customer_id: string | null;
  state: 'open' | 'completed' | 'voided';
  archived: Generated<boolean>;
  tax_inclusive: Generated<boolean>;
  created_at: NullableTimestamp;
  occurred_at: Timestamp;
  changed_at: Timestamp;
  seen_at: Timestamp;
  total: Numeric;
  tax: Numeric;
  hash: Buffer;
  version: number;
  pos_version: number | null;
  business_day: string;
  hour: Timestamp;
  problem: string | null;
  session_id: string | null;
}

interface SaleLineTable extends OfAccount {
  sale_id: string;
  line_id: string;
  position: number;
  kind: string;
  item_id: string | null;
  quantity: Numeric;
  unit_price: Numeric;
  exclusive: Numeric;
  tax: Numeric;
  discount: Numeric;
  net_cents: number;
  tax_cents: number;
  discount_cents: number;
  discount_incl_cents: number;
}

interface PaymentTable extends OfAccount {
  sale_id: string;
  payment_id: string;
  type_id: string;
  kind: string;
  amount: Numeric;
  tip: Numeric;
  paid_at: Timestamp;
  register_id: Generated<string>;
  archived: Generated<boolean>;
  session_id: string | null;
}

interface SaleVoidTable extends OfAccount {
  sale_void_id: string;
  sale_id: string;
  employee_id: string | null;
  shop_id: string | null;
  reason: Generated<string>;
  voided_at: NullableTimestamp;
  checked_at: NullableTimestamp;
}

interface PageTable extends OfAccount {
  id: string;
  received_at: Timestamp;
  run_id: string | null;
  stream: string;
  request_method: string;
  request_path: string;
  requested_at: Timestamp;
  server_time: NullableTimestamp;
  documents: Buffer;
}

interface SaleVersionTable extends OfAccount {
  sale_id: string;
  version: number;
  received_at: Timestamp;
  changed_at: Timestamp;
  hash: Buffer;
  page_id: string;
  page_received_at: Timestamp;
  page_index: number;
  run_id: string | null;
}

interface CustomerVersionTable extends OfAccount {
  customer_id: string;
  version: number;
  received_at: Timestamp;
  changed_at: NullableTimestamp;
  hash: Buffer;
  page_id: string;
  page_received_at: Timestamp;
  page_index: number;
  run_id: string | null;
}

interface SaleMeasures {
  gross_sales: Amount;
  gross_sales_incl: Amount;
  discounts: Amount;
  discounts_incl: Amount;
  returns: Amount;
  returns_incl: Amount;
  net_sales: Amount;
  net_sales_incl: Amount;
  turnover: Amount;
  turnover_incl: Amount;
  tax: Amount;
  transactions: Amount;
  return_transactions: Amount;
  other_transactions: Amount;
  identified_transactions: Amount;
  goods_sold: Quantity;
  goods_returned: Quantity;
  fees: Amount;
  fees_incl: Amount;
  price_rule_discount: Amount;
  gift_cards_sold: Amount;
  deposits: Amount;
  store_credit: Amount;
  rounding: Amount;
  shipping: Amount;
  unexplained: Amount;
  unexplained_incl: Amount;
}

interface PaymentMeasures {
  payments: Amount;
  tips: Amount;
  gift_cards_redeemed: Amount;
  on_account: Amount;
}

interface Cell extends OfAccount {
  shop_id: string;
  register_id: Generated<string>;
  business_day: string;
  hour: Timestamp;
}

interface RegisterDay extends OfAccount, SaleMeasures, PaymentMeasures {
  shop_id: string;
  register_id: Generated<string>;
}

interface FactDayTable extends RegisterDay {
  business_day: string;
}

interface FactMonthTable extends RegisterDay {
  /** Its first day. */
  month: string;
}

interface AccountHourTable extends OfAccount, SaleMeasures, PaymentMeasures {
  business_day: string;
  hour: Timestamp;
  /** How many facts are in it. */
  facts: number;
}

interface PaymentDayTable extends OfAccount {
  shop_id: string;
  business_day: string;
  register_id: string;
  payment_type_id: string;
  payments: Amount;
}

interface PaymentMonthTable extends Omit<PaymentDayTable, 'business_day'> {
  month: string;
}

interface FactStateTable extends OfAccount {
  published_until: NullableTimestamp;
  summed_at: DefaultNow;
}

interface DirtySaleTable extends RegisterDay {
  business_day: string;
  sale_id: string;
}

interface TurnoverChangeTable extends OfAccount {
  id: string;
  at: Timestamp;
  shop_id: string;
  register_id: string;
  business_day: string;
  run_id: string | null;
  cause: string;
  author: Json;
  changes: Json;
  receipts: Json;
  receipt_count: Generated<number>;
}

interface TurnoverImportTable extends OfAccount {
  shop_id: string;
  business_day: string;
  register_id: string;
  entry: string;
  run_id: string | null;
  at: Timestamp;
  net_sales: number;
  net_sales_incl: number;
  transactions: number;
}

interface MappingChangeTable extends OfAccount {
  id: string;
  at: Timestamp;
  shop_id: string;
  author: Json;
  before: Json;
  after: Json;
}

interface OpeningHoursTable extends OfAccount {
  shop_id: string;
  valid_from: string;
  hours: Json;
  updated_at: DefaultNow;
}

interface VisitorTable {
  organization_id: string;
  department_id: string;
  business_day: string;
  /** 0–23 local; -1 for the whole day. */
  hour: number;
  visitors: number;
  source: string;
  author: Json;
  at: DefaultNow;
}

interface TurnoverSettingTable {
  organization_id: string;
  preset: string;
  basis: string;
  updated_at: DefaultNow;
}

interface ReconcileTable extends OfAccount {
  id: string;
  at: Timestamp;
  author: Json;
  shop_id: string | null;
  preset: string;
  first_day: string;
  last_day: string;
  result: Json;
  signed_off_at: NullableTimestamp;
  signed_off_by: Json;
  note: string | null;
}

interface RegisterClosureTable extends OfAccount {
  closure_id: string;
  register_id: string;
  shop_id: string | null;
  opened_at: Timestamp;
  closed_at: Timestamp;
  document: Json;
  received_at: DefaultNow;
}

interface SaleFigureTable extends Cell, SaleMeasures {
  sale_id: string;
}

interface PaymentFigureTable extends Cell, PaymentMeasures {
  sale_id: string;
  payment_type_id: string;
}

interface FactTable extends Cell, SaleMeasures, PaymentMeasures {}

interface PaymentFactTable extends Cell {
  payment_type_id: string;
  payments: Amount;
}

interface DirtyDayTable extends OfAccount {
  shop_id: string;
  business_day: string;
  generation: number;
}

interface RunTable extends OfAccount {
  id: string;
  connection_id: string | null;
  kind: string;
  state: string;
  started_at: DefaultNow;
  finished_at: NullableTimestamp;
  retry_at: NullableTimestamp;
  pages: Generated<number>;
  requests: Generated<number>;
  documents: Generated<number>;
  changed: Generated<number>;
  set_aside: Generated<number>;
  throttled: Generated<number>;
  error: Json;
  pace: Json;
}

interface SetAsideTable extends OfAccount {
  id: string;
  run_id: string | null;
  resource: string;
  resource_id: string | null;
  shop_id: string | null;
  readable_time: NullableTimestamp;
  business_day: string | null;
  code: string;
  path: string;
  message: string;
  document: Json;
  document_hash: Buffer;
  first_seen_at: DefaultNow;
  seen_at: Timestamp;
  resolved_at: NullableTimestamp;
  resolution: string | null;
  dismissed_by: Json;
  dismissed_reason: string | null;
  document_text: string | null;
  replay_asked_at: NullableTimestamp;
}

interface SyncStateTable extends OfAccount {
  wanted: Generated<number>;
  done: Generated<number>;
  due_at: NullableTimestamp;
  retry_at: NullableTimestamp;
  run_id: string | null;
  lease_holder: string | null;
  lease_fence: Generated<number>;
  lease_until: NullableTimestamp;
  nightly_at: DefaultNow;
}

interface CursorTable extends OfAccount {
  stream: string;
  lane: string;
  position: Json;
  caught_up_at: NullableTimestamp;
  updated_at: DefaultNow;
}

interface WebhookTable extends OfAccount {
  type: string;
  connection_id: string;
  token_hash: Buffer;
  sealed: string;
  base_url: string;
  remote_id: string | null;
  registered_at: NullableTimestamp;
  checked_at: NullableTimestamp;
  delivered_at: NullableTimestamp;
  problem: string | null;
}

interface HintTable extends OfAccount {
  resource: string;
  resource_id: string;
  version: string;
  received_at: DefaultNow;
  deliveries: Generated<number>;
  served_at: NullableTimestamp;
  outcome: string | null;
  reason: string | null;
}

interface AuthUserTable {
  id: Generated<string>;
  name: string;
  email: string;
  emailVerified: boolean;
  createdAt: DefaultNow;
  updatedAt: DefaultNow;
  twoFactorEnabled: Generated<boolean | null>;
}

/** How a person signs in; the password is better-auth's scrypt hash. */
interface AuthAccountTable {
  id: Generated<string>;
  accountId: string;
  providerId: string;
  userId: string;
  password: Generated<string | null>;
  createdAt: DefaultNow;
  updatedAt: Timestamp;
}

interface AuthSessionTable {
  id: Generated<string>;
  userId: string;
  activeOrganizationId: string | null;
  createdAt: DefaultNow;
  updatedAt: Timestamp;
  expiresAt: Timestamp;
  ipAddress: string | null;
  userAgent: string | null;
}

interface AuthOrganizationTable {
  id: Generated<string>;
  name: string;
  slug: string;
  createdAt: Timestamp;
  metadata: string | null;
}

/** Staff of whoever runs this installation, and the role they have when they act as an organization. */
interface AuthOperatorTable {
  userId: string;
  role: string;
  createdAt: DefaultNow;
}

interface AuthTwoFactorTable {
  id: Generated<string>;
  userId: string;
  secret: string;
  backupCodes: string;
}

interface AuthMemberTable {
  id: Generated<string>;
  organizationId: string;
  userId: string;
  role: string;
  /** What the member is limited to; null: not limited. */
  departmentIds: ColumnType<string[] | null, readonly string[] | null | undefined, readonly string[] | null>;
  createdAt: Timestamp;
}
