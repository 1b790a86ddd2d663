/** Visible text of turnover and of the mapping behind it. */
export const turnover = {
  'cli.turnover.summary': 'turnover by department and hour, day, week or month',
  'cli.turnover.description':
    'Prints turnover by department (columns) and day (rows), one table a measure, with its totals.\n' +
    'A mark behind a figure says that it is not final: … the day is still running, ◐ it was read in part,\n' +
    '– it was not read at all. "closed" and 0 are different things; an empty cell has no shop mapped.',
  'cli.turnover.example':
    'Examples:\n' +
    '  tillweave turnover --from 2026-11-16 --to 2026-11-22\n' +
    '  tillweave turnover --from 2026-11-22 --by hour --department Shoes --measure gross_sales_incl\n' +
    '  tillweave turnover --from 2026-01-01 --to 2026-12-31 --by month --group store --json\n\n' +
    'Exit code 4 when a figure is not final; everything is printed all the same.',
  'turnover.from': 'first business day, YYYY-MM-DD (default: six days before the last)',
  'turnover.to': "last business day, inclusive (default: with --from that day, else today in the organization's zone)",
  'turnover.by': 'what a row stands for',
  'turnover.group': 'what a column stands for',
  'turnover.department':
    'only this department, by name, store/name or id; "unmapped" for what no mapping takes (may be repeated)',
  'turnover.store': 'only this store, by name or id (may be repeated)',
  'turnover.measure': 'net_sales (the default), transactions, payments:3 … (may be repeated)',
  'turnover.currency': "of tills in this currency (default: the organization's); different currencies are never added",
  'turnover.heading': '{measure}, {basis}{unit}: {definition}',
  'turnover.basis.excl': 'excl. tax',
  'turnover.basis.incl': 'incl. tax',
  'turnover.basis.none': 'no tax basis',
  'turnover.total': 'total',
  'turnover.unmapped': '(unmapped)',
  'turnover.closed': 'closed',
  'turnover.no_departments': 'There are no departments yet: connect a POS account and sync it, or look at `tillweave map list`.',
  'turnover.not_final': 'Not final: {states}. The marks show where; `tillweave sync --wait` brings what is missing.',
  'turnover.state.running': '… still running',
  'turnover.state.partial': '◐ read in part',
  'turnover.state.missing': '– not read',
  'turnover.other_currencies': 'Left out, being in another currency: {currencies}. Ask for one with --currency.',
  'cli.reconcile.summary': 'our figure beside the POS’s own report, with the causes of every difference',
  'cli.reconcile.description':
    'Reads the POS’s own figure (or takes it typed) and sets ours beside it. Every cause lists the receipts that sum to it; exit code 4 when anything stays unexplained.',
  'reconcile.preset': 'which report of the POS',
  'reconcile.from': 'first day, YYYY-MM-DD',
  'reconcile.to': 'last day, inclusive',
  'reconcile.account': 'POS account by its number or name (default: the only one of that series)',
  'reconcile.shop': 'only this shop, by name, id or account:shop',
  'reconcile.typed': 'the POS’s figure in minor units (cents), as its screen shows it',
  'reconcile.unexplained': 'Unexplained: {amount}. No receipt we know of makes this difference.',
  'reconcile.which_account': 'Name one POS account with --account. There are: {known}.',
  'cli.map.summary': "which department each POS shop's sales belong to",
  'cli.map.description':
    'Mappings carry dates, and turnover is mapped when it is read: a mapping set today from a day last year changes that year.\n' +
    "A register's own mapping beats that of its shop; registers without one follow their shop.",
  'map.list': 'list the mappings, and the shops that have none',
  'map.set': 'send a shop, or one register of it, to a department',
  'map.set.description':
    'Sends a shop, or one register of it, to a department from a business day on. What held in that time before gives way\n' +
    'and keeps the rest of its own.',
  'map.set.example':
    'Examples:\n' +
    '  tillweave map set Nyhavn Shoes\n' +
    '  tillweave map set 123456:1 "Nyhavn/Café" --register 4 --from 2026-11-01',
  'map.remove': 'leave a shop, or one register of it, without a mapping',
  'map.remove.description':
    'Ends the mapping of a shop, or of one register of it. Without --from it never held: its sales count as unmapped.\n' +
    'A register without a mapping of its own follows its shop again.',
  'map.shop': 'the POS shop: its name, its id, or account:id',
  'map.department': 'the department: its name, store/name, or its id',
  'map.register': 'only this register of the shop, by its POS id',
  'map.from': 'first business day, YYYY-MM-DD (default: from the beginning)',
  'map.until': 'first business day it no longer holds (default: open)',
  'map.changed': '{shop} is now mapped so:',
  'map.none': '{shop} now has no mapping: its sales count as unmapped.',
  'map.unmapped': '(not mapped)',
  'map.whole_shop': 'whole shop',
  'map.beginning': 'the beginning',
  'map.no_shops': 'No POS shops are known yet. Connect an account and sync it first.',
  'map.bad_day': '"{text}" is not a day such as 2026-11-24.',
} as const;
