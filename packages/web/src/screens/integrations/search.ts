/** What the POS's sign-in ended with; the server sends the browser back with it. */
export interface IntegrationsSearch {
  readonly outcome?: 'connected' | 'failed';
  readonly connection?: string;
  readonly code?: string;
}

export function integrationsSearch(search: Record<string, unknown>): IntegrationsSearch {
  const { outcome, connection, code } = search;
  if (outcome !== 'connected' && outcome !== 'failed') return {};
  return {
    outcome,
    ...(typeof connection === 'string' ? { connection } : {}),
    // It comes from the address, so it may be anything.
    ...(typeof code === 'string' && /^[a-z_]{1,60}$/.test(code) ? { code } : {}),
  };
}
