/** Visible text of connections. */
export const connections = {} as const;
