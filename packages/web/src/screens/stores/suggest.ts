/** How alike two names are, 0 to 1: shared pairs of letters (Dice), case and accents aside. */
export function likeness(one: string, other: string): number {
  const [left, right] = [pairs(one), pairs(other)];
  if (left.length === 0 || right.length === 0) return 0;
  const rest = [...right];
  let shared = 0;
  for (const pair of left) {
    const place = rest.indexOf(pair);
    if (place === -1) continue;
    rest.splice(place, 1);
    shared += 1;
  }
  return (2 * shared) / (left.length + right.length);
}

const ALIKE = 0.6;

/** The most alike by name, where one is alike enough to be proposed. */
export function mostAlike<T extends { readonly name: string }>(name: string, candidates: readonly T[]): T | null {
  let best: T | null = null;
  let reached = ALIKE;
  for (const candidate of candidates) {
    const like = likeness(name, candidate.name);
    if (like < reached || (best !== null && like === reached)) continue;
    best = candidate;
    reached = like;
  }
  return best;
}

function pairs(text: string): string[] {
  const letters = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  if (letters.length === 1) return [letters];
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, index) => letters.slice(index, index + 2));
}
