/** Visible text of sync. */
export const sync = {} as const;
