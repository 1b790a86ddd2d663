/** Visible text of sync. */
export const sync = {
  'cli.sync.summary': 'bring the figures up to date now',
  'cli.sync.description':
    'Asks the background work for a synchronisation of the connections (all that are active, or one). With --wait it is done here and now,\n' +
    'history import included, with progress. Exit code 4 when something could not be read or another process is at it.',
  'sync.connection': 'only this connection, by name or id',
  'sync.wait': 'do it here and wait until everything is read',
  'sync.none':
    'There is no active connection. Add one with `tillweave connection add r-series` or `tillweave connection add x-series`.',
  'sync.not_set_up': 'The connection is not set up completely. Authorize it first.',
  'sync.requested': '{connection}: asked for. `tillweave work` or `start` does it.',
  'sync.progress': '{phase}: {documents} documents, {requests} requests',
  'sync.done': '{documents} documents read, {changed} changed, {setAside} set aside',
  'sync.phase.look_ups': 'shops and registers',
  'sync.phase.live': 'what changed',
  'sync.phase.history': 'history',
  'sync.phase.customers': 'customers',
  'sync.phase.reconcile': 'reading again',
  'sync.column.connection': 'connection',
  'sync.column.state': 'state',
  'sync.column.documents': 'documents',
  'sync.column.changed': 'changed',
  'sync.column.set_aside': 'set aside',
  'sync.column.requests': 'requests',
  'sync.column.seconds': 'seconds',
  'sync.state.running': 'not finished',
  'sync.state.throttled': 'waits for the POS',
  'sync.state.complete': '✓ complete',
  'sync.state.partial': '◐ partial',
  'sync.state.failed': '✗ failed',
  'sync.state.busy': 'another process is at it',
} as const;
