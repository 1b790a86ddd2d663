import { z } from 'zod';

const claimsSchema = z.object({ acct: z.union([z.string().regex(/^\d{1,19}$/), z.int().nonnegative()]) });

/**
 * The POS account id that an R-Series access token names (claim `acct`, reference §2.4); null for a token that is none of these JWTs.
 * Not verified, and need not be: the token came to us from the POS's own token address, and the POS decides what it opens.
 */
export function accountOfToken(accessToken: string): string | null {
  const [, payload, signature, ...rest] = accessToken.split('.');
  if (payload === undefined || signature === undefined || rest.length > 0) return null;
  try {
    const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return claims.success ? String(claims.data.acct) : null;
  } catch {
    return null;
  }
}
