const closings: (() => Promise<void>)[] = [];

/** Closes something when the test file that opened it ends; what was opened last goes first. */
export function atFileEnd(close: () => Promise<void>): void {
  closings.push(close);
}

/** For `setup.ts`: called once a file. Files share their modules, so no module can do this for itself. */
export async function endFile(): Promise<void> {
  for (const close of closings.splice(0).toReversed()) await close();
}
