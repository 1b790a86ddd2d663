/** Visible text of turnover. */
export const turnover = {} as const;
