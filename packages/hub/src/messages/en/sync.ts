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
  'sync.left': '{time} left',
  'sync.done': '{documents} documents read, {changed} changed, {setAside} set aside',
  'sync.phase.look_ups': 'shops and registers',
  'sync.phase.live': 'what changed',
  'sync.phase.history': 'history',
  'sync.phase.customers': 'customers',
  'sync.phase.reconcile': 'reading again',
  'sync.phase.replay': 'what was set aside',
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
  'sync.replay': 'read what was set aside again with this version of Tillweave first',
  'sync.replay_asked': '{count} documents set aside will be read again.',
  'cli.problems.summary': 'what is wrong with the data, and what to do',
  'cli.problems.description':
    'Lists what is wrong with the data by cause: documents that could not be read (their days are partial), shops with a wrong zone, receipts\n' +
    'that do not add up. With --replay those of a cause (or all) are read again; with --dismiss those of a cause are closed for good.\n' +
    'Exit code 4 while anything is open.',
  'problems.cause': 'only this cause, as the list names it',
  'problems.replay': 'ask for the documents to be read again with this version of Tillweave',
  'problems.dismiss': 'close the documents of --cause: nobody will ever be able to read them, and their days count without them',
  'problems.cause_needed': 'Say with --cause what is to be dismissed.',
  'problems.none': 'Nothing is wrong with the data.',
  'problems.dismissed': '{count} documents dismissed.',
  'problems.column.cause': 'cause',
  'problems.column.count': 'count',
  'problems.column.days': 'shop-days',
  'problems.column.newest': 'newest',
  'problems.column.example': 'example',
  'problem.remedy.bad_time_zone':
    'Correct the shop’s time zone at the POS, or set the zone of the shop here. Until then its days are those of the organization’s zone.',
  'problem.remedy.missing_at_pos':
    'The POS no longer has this receipt. Look for it there: where it was merged or erased, the day is right without it after the next nightly reading.',
  'problem.remedy.void_without_effect': 'The POS says that this receipt was voided, and shows it as sold. Open it at the POS.',
  'problem.remedy.unexplained':
    'The lines do not add up to the total that the POS states. Open the receipt and compare; the total counts.',
  'problem.remedy.discount_product_unknown': 'Let the credentials read the retailer at the POS, then read these again.',
  'problem.remedy.forbidden': 'The credentials may not read this at the POS. Authorize the connection again with that right.',
  'problem.remedy.unstorable':
    'The database cannot hold it. Correct the record at the POS, or read it again after an update of Tillweave.',
  'problem.remedy.set_aside':
    'The POS sent something that we cannot read. Correct the record at the POS, or update Tillweave and read it again; what can never be read can be dismissed.',
  'problem.remedy.shop': 'Correct the shop at the POS.',
  'problem.remedy.sale': 'Open the receipt and compare it with the POS.',
} as const;
