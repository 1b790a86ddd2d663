/**
 * Every column `sealed` of the database: what identifies a row, and what its secret is bound to (its context is the prefix and the
 * values, joined by colons). Where the secret is made the same context is built; a test compares the list with the catalogue and opens
 * what was sealed again.
 */
export const sealedColumns = [
  {
    table: 'credential',
    key: ['organization_id', 'connection_id'],
    prefix: 'credential',
    bound: ['organization_id', 'connection_id'],
  },
  {
    table: 'oauth_attempt',
    key: ['organization_id', 'state_hash'],
    prefix: 'oauth-attempt',
    bound: ['organization_id', 'connection_id'],
  },
  { table: 'oauth_client', key: ['organization_id', 'id'], prefix: 'oauth-client', bound: ['organization_id', 'id'] },
  {
    table: 'webhook',
    key: ['organization_id', 'pos_account_id', 'type'],
    prefix: 'webhook',
    bound: ['organization_id', 'pos_account_id', 'type'],
  },
  {
    table: 'idempotency_key',
    key: ['organization_id', 'actor_id', 'key'],
    prefix: 'idempotency',
    bound: ['organization_id', 'actor_id', 'key'],
  },
] as const;
