import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { minorDigitsOf } from '../ledger/currency.ts';

export interface Currency {
  readonly currency: string;
  readonly minorDigits: number;
}

export interface Organization {
  readonly currency: string;
  readonly timeZone: string;
  /** 1 is Monday, 7 Sunday. */
  readonly weekStart: number;
  readonly dayStartHour: number;
  /** Of the organization's POS accounts, sorted; they need not include its own. */
  readonly currencies: readonly string[];
}

/** @throws AppError `not_found`. */
export async function readOrganization(trx: Transaction<Database>, organizationId: string): Promise<Organization> {
  const organization = await trx
    .selectFrom('organization')
    .select(['currency', 'time_zone', 'week_start', 'day_start_hour'])
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
  if (organization === undefined) throw new AppError('not_found', 'That organization does not exist.');
  const accounts = await trx
    .selectFrom('pos_account')
    .select('currency')
    .distinct()
    .where('organization_id', '=', organizationId)
    .orderBy('currency')
    .execute();
  return {
    currency: organization.currency,
    timeZone: organization.time_zone,
    weekStart: organization.week_start,
    dayStartHour: organization.day_start_hour,
    currencies: accounts.map((account) => account.currency),
  };
}

/**
 * The currency an answer is in: the one asked for, else the organization's, else (when no till uses that one) the only one its tills use.
 * Amounts in different currencies are never added: the others are named beside the answer.
 */
export function chooseCurrency(
  organization: Organization,
  asked?: string,
): Currency & { readonly otherCurrencies: readonly string[] } {
  const [only, ...more] = organization.currencies;
  const usual = only !== undefined && more.length === 0 && only !== organization.currency ? only : organization.currency;
  const currency = asked ?? usual;
  return {
    currency,
    minorDigits: minorDigitsOf(currency),
    otherCurrencies: organization.currencies.filter((other) => other !== currency),
  };
}
