import type { Locator, Page } from 'playwright-core';

/** What a person does at a screen, counted. */
export interface Hands {
  /** Clicks, filled fields, pressed keys, opened addresses and typed commands so far: one each. */
  readonly actions: number;
  /** A command typed in a terminal. */
  type<T>(command: () => Promise<T>): Promise<T>;
  open(address: string): Promise<void>;
  click(target: Locator): Promise<void>;
  fill(field: Locator, text: string): Promise<void>;
}

export function handsOn(page: Page): Hands {
  let actions = 0;
  const count = async <T>(act: () => Promise<T>): Promise<T> => {
    actions += 1;
    return act();
  };
  return {
    get actions() {
      return actions;
    },
    type: (command) => count(command),
    open: (address) =>
      count(async () => {
        await page.goto(address);
      }),
    click: (target) => count(() => target.click()),
    fill: (field, text) => count(() => field.fill(text)),
  };
}
