/** The migrated database every test's own one is cloned from. */
export const TEMPLATE = 'template_tillweave';
