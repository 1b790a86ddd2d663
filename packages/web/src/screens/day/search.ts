export const tabs = ['values', 'hours', 'log', 'receipts', 'visitors'] as const;
export type DayTab = (typeof tabs)[number];

/** What the day's page shows: of which department (left out: of all) and which tab (left out: the values). */
export interface DaySearch {
  readonly department?: string;
  readonly tab?: DayTab;
}

export function daySearch(search: Record<string, unknown>): DaySearch {
  const tab = tabs.find((one) => one === search['tab']);
  const { department } = search;
  return {
    ...(typeof department === 'string' && department !== '' ? { department } : {}),
    ...(tab === undefined || tab === 'values' ? {} : { tab }),
  };
}
