const browsers: readonly (readonly [name: string, mark: RegExp])[] = [
  // In this order: most claim to be several.
  ['Edge', /\bEdg(?:A|iOS)?\/(\d+)/u],
  ['Opera', /\bOPR\/(\d+)/u],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/u],
  ['Chrome', /\b(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/u],
  ['Safari', /\bVersion\/(\d+)\S* (?:Mobile\/\S+ )?Safari/u],
];

const systems: readonly (readonly [name: string, mark: RegExp])[] = [
  ['Android', /Android/u],
  ['iOS', /iPhone|iPad/u],
  ['Windows', /Windows/u],
  ['macOS', /Mac OS X|Macintosh/u],
  ['Linux', /Linux|X11/u],
];

/** A browser as people call it, from what it says of itself: "Firefox 140, Windows"; what is no browser says its own name. */
export function browserName(userAgent: string): string {
  const found = browsers
    .map(([name, mark]) => ({ name, version: mark.exec(userAgent)?.[1] }))
    .find(({ version }) => version !== undefined);
  const system = systems.find(([, mark]) => mark.test(userAgent))?.[0];
  if (found === undefined) return userAgent;
  return [`${found.name} ${found.version}`, system].filter((part) => part !== undefined).join(', ');
}
