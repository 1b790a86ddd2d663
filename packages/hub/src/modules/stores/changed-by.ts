import { Temporal } from 'temporal-polyfill';
import type { Services } from '../../platform/services.ts';
import { type Access, auditActorOf } from '../organizations/access.ts';
import type { ChangedBy } from './set-mappings.ts';

/** The caller and the moment, for audit and history. */
export function changedBy(access: Access, { clock }: Pick<Services, 'clock'>): ChangedBy {
  return { actor: auditActorOf(access), at: new Date(clock.now()) };
}

/** Any zone's date will do: it decides only what shows as mapped now. */
export function today({ clock }: Pick<Services, 'clock'>): string {
  return Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO('UTC').toPlainDate().toString();
}
