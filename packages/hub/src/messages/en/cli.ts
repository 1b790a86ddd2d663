/** Visible text of cli. */
export const cli = {} as const;
