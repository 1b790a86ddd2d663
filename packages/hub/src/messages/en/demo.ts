/** Visible text of the demo. */
export const demo = {
  'cli.demo.summary': 'play the whole product against an emulated till',
  'cli.demo.description':
    'Starts an embedded PostgreSQL, an emulated Lightspeed and the hub; connects an R-Series account through the real sign-in pages and an\n' +
    'X-Series store by personal token, imports their history, follows later changes, and compares every figure with what the\n' +
    'tills know they sold. Then the web page stays up until Ctrl-C.',
  'cli.demo.exit': 'do not stay up',
  'cli.demo.seed': 'same seed, same business',
  'cli.demo.days': 'days of trade; with 90 or more every known situation must occur',
  'cli.demo.sales': 'about how many sales at each',
  'cli.demo.customers': 'how many customers at each',
  'cli.demo.rate_limit': "the POS's real rate limit, or none (at the real one 20,000 sales take about five minutes)",
  'cli.demo.database': 'an empty PostgreSQL database to use instead of the embedded one',
  'cli.demo.account': 'Creating the first account',
  'cli.demo.connect': 'Connecting the tills: one by its sign-in page, one by token',
  'cli.demo.import': 'Importing the history',
  'cli.demo.changes': 'Following voids, edits and back-dated sales',
  'cli.demo.compare': 'Comparing every figure with the till',
  'cli.demo.compared': '{cells} cells, {mismatches} mismatches',
  'cli.demo.progress': '{documents} documents, {requests} requests, {rate}/s',
  'cli.demo.left': 'about {seconds} s left',
  'cli.demo.well': 'All well: {cells} cells of shop × register × hour, every measure equal to the cent.',
  'cli.demo.wrong': 'Not well: {mismatches} figures in {cells} cells differ, or something is missing; see above.',
  'cli.demo.look':
    '\nLook around at {url}\n  e-mail    {email}\n  password  {password}\nCtrl-C ends the demo and removes its data.',
} as const;
