/** Visible text of connections. */
export const connections = {
  'cli.connection.summary': 'connect tills: add, list, test, freeze, thaw, remove',
  'connection.add': 'add a connection without a browser',
  'connection.add_r_series': 'Lightspeed R-Series, by OAuth',
  'connection.add_r_series.description':
    'Signs in with a refresh token, reads the account and its shops, and makes the connection active.\n' +
    'Secrets stay out of the process list when they come from a file (--client-secret-file FILE, --refresh-token-file FILE)\n' +
    'or from stdin (FILE "-"; with both, the client secret is the first line and the refresh token the second).\n' +
    'Without --client-id the client of TILLWEAVE_R_CLIENT_ID is used.',
  'connection.add_x_series': 'Lightspeed X-Series, by personal token',
  'connection.add_x_series.description':
    'Signs in with a personal token, reads the retailer and its outlets, and makes the connection active.\n' +
    'The token stays out of the process list when it comes from a file (--token-file FILE) or from stdin (FILE "-", or neither option).',
  'connection.prefix': "the store's name, as in https://NAME.retail.lightspeed.app, or that address",
  'connection.token': 'a personal token of the store (better: --token-file)',
  'connection.token_file': 'file with the token, "-" for stdin',
  'connection.token_expires': 'when the token ends, if it does: a day such as 2027-03-31',
  'connection.bad_day': 'Give --token-expires a day such as 2027-03-31.',
  'connection.ask_token': 'Personal token',
  'connection.name': 'a name for it, unique, used in every list',
  'connection.api': 'version of the API',
  'connection.client_id': 'id of your OAuth client',
  'connection.client_secret': 'its secret (better: --client-secret-file)',
  'connection.client_secret_file': 'file with the secret, "-" for stdin',
  'connection.refresh_token': 'a refresh token (better: --refresh-token-file)',
  'connection.refresh_token_file': 'file with the refresh token, "-" for stdin',
  'connection.ask_refresh_token': 'Refresh token',
  'connection.twice': 'Give {option} or {option}-file, not both.',
  'connection.added': 'Connected "{name}" to {account} (account {externalId}): {shops} shops, {registers} registers, {currency}.',
  'connection.list': 'list the connections',
  'connection.none': 'There are no connections yet. Add one: tillweave connection add --help',
  'connection.test': 'sign in to the POS and read the account',
  'connection.tested': '"{name}" works: {account} (account {externalId}), {shops} shops, {registers} registers.',
  'connection.freeze': 'make no more calls, keep the data',
  'connection.reason': 'why, for those who see it frozen',
  'connection.frozen': '"{name}" is frozen.',
  'connection.thaw': 'go on from where it was',
  'connection.thawed': '"{name}" goes on.',
  'connection.remove': 'destroy the credentials, keep the data',
  'connection.removed': '"{name}" was removed; its data was kept.',
  'connection.which': 'name or id of the connection',
  'connection.link.subject': '{organization}: please connect your till',
  'connection.link.text':
    '{requestedBy} of {organization} asks you to connect your Lightspeed account ("{connection}").\n\n' +
    'Open this link, sign in at Lightspeed and authorize the application. It works once, until {until}:\n\n{link}\n\n' +
    'You see there who asks and for what. If you did not expect this, do nothing.',
  'connection.help.when_data': 'When does the data come?',
  'connection.help.is_active': 'Is the connection active?',
  'connection.help.unmapped': 'What about stores that are not mapped?',
  'connection.help.more_settings': 'Are there more settings?',
  'connection.help.not_authorized': 'Nothing yet: the connection is still to be authorized.',
  'connection.help.no_data': 'No data has come yet.',
  'connection.help.data': 'Data came first on {first}, last on {last}.',
  'connection.help.next': 'It is looked for again at {at}.',
  'connection.help.importing': 'The history is being imported: {percent} % so far.',
  'connection.help.importing_eta': 'The history is being imported: {percent} % so far, about {minutes} minutes to go.',
  'connection.help.state.set_up_incomplete': 'Not yet: its set-up is not complete.',
  'connection.help.state.active': 'Yes, it is active.',
  'connection.help.state.throttled': 'Yes; the POS asks us to wait a little just now.',
  'connection.help.state.needs_reauthorisation':
    'No: the POS takes our credentials no more. Authorize it again, or replace the credential.',
  'connection.help.state.frozen': 'No, it is frozen: no calls are made, the data is kept. Reason: {reason}.',
  'connection.help.state.retired': 'No, it is retired: its data is kept and nothing new comes.',
  'connection.help.state.removed': 'No, it was removed.',
  'connection.help.incomplete': 'Still to do: {steps}.',
  'connection.help.step.authorize': 'authorize it at the POS',
  'connection.help.step.age_gate': 'confirm the age gate (until then people’s data is not used; figures come all the same)',
  'connection.help.last_call': 'The POS last took our credentials at {at}.',
  'connection.help.look_for': 'In the POS look for "{appName}" (R-Series: Settings, Client API Access).',
  'connection.help.look_anywhere': 'In the POS it is listed under the name of the application or token that was made there.',
  'connection.help.all_mapped': 'Every shop of the POS is mapped.',
  'connection.help.some_unmapped':
    '{count} shops of the POS are not mapped: their sales are stored, and belong to no department until they are. Map them under Settings, Company Account, Retail Store, Edit, Store Mappings; what is stored then counts at once.',
  'connection.help.settings_answer':
    'Yes: when the history starts, how many days are read again each night and when, how often changes are asked for, and what share of the rate limit is left to others.',
  'connection.first_organization': 'My company',
  'connection.first_organization.made':
    'There was no organization yet: made "{name}". Whoever creates the first account owns it and can rename it.',
} as const;
