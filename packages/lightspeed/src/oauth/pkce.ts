import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomState } from 'oauth4webapi';

/** A fresh PKCE pair (S256). Keep the verifier with the sign-in attempt, send the challenge. */
export async function pkce(): Promise<{ codeVerifier: string; codeChallenge: string }> {
  const codeVerifier = generateRandomCodeVerifier();
  return { codeVerifier, codeChallenge: await calculatePKCECodeChallenge(codeVerifier) };
}

/** A fresh unguessable `state`, which ties the answer to the browser that asked. */
export function randomState(): string {
  return generateRandomState();
}
