/** How alike two names are, 0 to 1, whatever their case, accents, punctuation and word order. Pure. */
export function similarity(a: string, b: string): number {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  if (left.length === 0 || right.length === 0) return 0;
  const whole = dice(left.toSorted().join(' '), right.toSorted().join(' '));
  // “Nyhavn” is meant by “Shop Nyhavn, Copenhagen”: every word of the shorter name is in the longer one.
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  const shared = short.filter((word) => long.includes(word)).length / short.length;
  return Math.round(Math.max(whole, shared === 1 ? 0.9 : shared * 0.6) * 100) / 100;
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Twice the shared pairs of letters, over all pairs (Sørensen and Dice). */
function dice(a: string, b: string): number {
  if (a === b) return 1;
  const [left, right] = [pairsOf(a), pairsOf(b)];
  const total = left.length + right.length;
  if (total === 0) return 0;
  const rest = [...right];
  let shared = 0;
  for (const pair of left) {
    const found = rest.indexOf(pair);
    if (found === -1) continue;
    rest.splice(found, 1);
    shared += 1;
  }
  return (2 * shared) / total;
}

function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2));
}
