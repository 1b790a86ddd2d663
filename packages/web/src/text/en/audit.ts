/** Texts of the audit. */
export const auditText = {
  audit: {
    title: 'Audit',
    none: 'Nothing has been changed yet.',
    at: 'When',
    actor: 'Who',
    action: 'What',
    subject: 'Of what',
    changes: 'Before → after',
    reason: 'Why',
    becomes: 'becomes',
    actors: { person: 'somebody', token: 'access token', command: 'command line', system: 'by itself' },
    actorNamed: '{{kind}} {{name}}',
  },
} as const;
