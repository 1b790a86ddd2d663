/** Visible text of notifications, in the bell and by mail. */
export const notifications = {
  'notification.unmapped_stores.title': 'You have unmapped stores',
  'notification.unmapped_stores.text': 'Nothing sold there is counted in a department: {shops}.',
  'notification.unmapped_stores.fix': 'Map the stores',
  'notification.new_pos_shop.title': 'A new shop in the POS: {shop}',
  'notification.new_pos_shop.text':
    '{account} has a shop that was not there before. See whether it counts, and is mapped where it belongs.',
  'notification.new_pos_shop.fix': 'Look at its mapping',
  'notification.connection_needs_reauthorisation.title': 'The POS refuses {connection}',
  'notification.connection_needs_reauthorisation.text': 'Nothing is read until somebody signs in to the POS again.',
  'notification.connection_needs_reauthorisation.fix': 'Authorize again',
  'notification.connection_expires.title': '{connection} expires in {days} days',
  'notification.connection_expires.text': 'Its token ends on {expiresOn}. Replace it before that day and nothing is missed.',
  'notification.connection_expires.fix': 'Replace the token',
  'notification.documents_set_aside.title': 'Documents of the POS that could not be read: {count}',
  'notification.documents_set_aside.text': 'They were set aside; their days are partial until they are read again.',
  'notification.documents_set_aside.fix': 'See the problems',
  'notification.import_overdue.title': 'The import of {connection} is overdue',
  'notification.import_overdue.text':
    'Its history has made no progress since {since}. The figures of the days it has not reached are missing.',
  'notification.import_overdue.fix': 'See the activity',
  'notification.authorization_done.title': '{connection} was authorized',
  'notification.authorization_done.text': 'Somebody used the link that was sent to {email}.',
  'notification.authorization_done.fix': 'See the connection',
  'notification.budget_low.title': '{connection} is slowed down by the POS',
  'notification.budget_low.text': 'Its request budget has been used up for a while; others may be using the same key.',
  'notification.budget_low.fix': 'See the connection',
  'notification.mail.contact': 'You get this because {organization} named you as its integration contact.',
  'notification.mail.connection': 'You get this because {organization} has messages about this connection sent to you.',
  'notification.mail.closing':
    'You get this because you are {role} of {organization}. Change that under Settings → Notifications: {url}',
} as const;
