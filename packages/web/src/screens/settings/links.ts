interface LabelledLink {
  readonly label: string;
  readonly url: string;
}

/** Links as they are typed: one a line, the label and then the address. */
export function linesOf(links: readonly LabelledLink[]): string {
  return links.map(({ label, url }) => `${label} ${url}`).join('\n');
}

/** What was typed as links; a line without a label is labelled by its address. The server refuses what is no address. */
export function linksOf(text: string): LabelledLink[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const gap = line.lastIndexOf(' ');
      const url = line.slice(gap + 1);
      return { label: gap === -1 ? url : line.slice(0, gap).trim(), url };
    });
}
