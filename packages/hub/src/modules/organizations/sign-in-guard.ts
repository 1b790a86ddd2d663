import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { delayAttempt, forgetAttempts, isRemembered, remember } from './attempt-limit.ts';

/** Guesses of one account from one address. */
const FROM_ONE_PLACE = { free: 5, longestSeconds: 900 };
/** Guesses of one account from all the addresses it was never signed in from. */
const FROM_STRANGE_PLACES = { free: 15, longestSeconds: 900 };

/** One try to sign in: whose account, and from which address. */
export interface SignInAttempt {
  readonly email: string;
  readonly address: string;
}

/**
 * Slows down guessing. Nobody can lock somebody else out: wrong passwords delay the address they come from, and, where many addresses
 * guess together, every address that account was never signed in from; the places where its owner signs in stay open.
 *
 * @returns Null when it may go on, else the seconds to wait.
 */
export async function guardSignIn(db: Kysely<Database>, attempt: SignInAttempt): Promise<number | null> {
  const { account, place } = keysOf(attempt);
  const wait = await delayAttempt(db, `sign-in:${place}`, FROM_ONE_PLACE);
  if (wait !== null) return wait;
  if (await isRemembered(db, place)) return null;
  return delayAttempt(db, `sign-in-strange:${account}`, FROM_STRANGE_PLACES);
}

/** The password was right: this address is known from now on. */
export async function noteSignIn(db: Kysely<Database>, attempt: SignInAttempt): Promise<void> {
  const { place } = keysOf(attempt);
  await forgetAttempts(db, `sign-in:${place}`);
  await remember(db, place);
}

/** Hashes: the list of attempts is no list of people. */
function keysOf({ email, address }: SignInAttempt): { account: string; place: string } {
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const account = email.trim().toLowerCase();
  return { account: hash(account), place: hash(`${account}\n${address}`) };
}
