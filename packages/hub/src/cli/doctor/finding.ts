/** What one check found. */
export interface Finding {
  /** Stable name. */
  readonly check:
    | 'node'
    | 'settings'
    | 'mail'
    | 'secret key'
    | 'database'
    | 'migrations'
    | 'clock'
    | 'disk'
    | 'jobs'
    | 'connections'
    | 'credentials'
    | 'version'
    | 'reading'
    | 'webhooks'
    | 'POS clock'
    | 'figures'
    | 'problems';
  readonly state: 'ok' | 'warning' | 'failed';
  readonly found: string;
  /** What to do; null when nothing. */
  readonly remedy: string | null;
}

export function ok(check: Finding['check'], found: string): Finding {
  return { check, state: 'ok', found, remedy: null };
}

export function warning(check: Finding['check'], found: string, remedy: string): Finding {
  return { check, state: 'warning', found, remedy };
}

export function failed(check: Finding['check'], found: string, remedy: string): Finding {
  return { check, state: 'failed', found, remedy };
}
