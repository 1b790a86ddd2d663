import { z } from 'zod';
import type { Services } from '../../../platform/services.ts';

/** What we ask the X-Series to tell us of; the rest of its list moves no figure. Closings move none either, but are told in no other way. */
export const HOOK_TYPES = ['sale.update', 'customer.update', 'register_closure.create'] as const;
export type HookType = (typeof HOOK_TYPES)[number];

/** What is sealed with a registration: the address's last part, and what the application signs with (null: it has no secret). */
const Sealed = z.object({ token: z.string(), secret: z.string().nullable() });
export type HookSecrets = z.output<typeof Sealed>;

interface Place {
  readonly organizationId: string;
  readonly posAccountId: string;
  readonly type: HookType;
}

export function sealHook({ sealer }: Pick<Services, 'sealer'>, place: Place, secrets: HookSecrets): string {
  return sealer.seal(JSON.stringify(secrets), contextOf(place));
}

/** @throws AppError `secret_unreadable`, `secret_key_unknown`. */
export function openHook({ sealer }: Pick<Services, 'sealer'>, place: Place & { readonly sealed: string }): HookSecrets {
  return Sealed.parse(JSON.parse(sealer.open(place.sealed, contextOf(place))));
}

/** The records a type is about, as hints name them; null for a type that is no hint. */
export function resourceOf(type: HookType): 'sale' | 'customer' | null {
  if (type === 'register_closure.create') return null;
  return type === 'sale.update' ? 'sale' : 'customer';
}

function contextOf({ organizationId, posAccountId, type }: Place): string {
  return `webhook:${organizationId}:${posAccountId}:${type}`;
}
