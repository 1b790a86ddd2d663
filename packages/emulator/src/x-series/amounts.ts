/** Amounts of the world are whole hundred-thousandths behind a decimal point: adding up happens to those, never to the numbers. */
const perOne = 100_000;

/** How many hundred-thousandths. */
export function unitsOf(amount: number): number {
  return Math.round(amount * perOne);
}

export function sumAmounts(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + unitsOf(amount), 0) / perOne;
}

export function subtractAmounts(amount: number, less: number): number {
  return (unitsOf(amount) - unitsOf(less)) / perOne;
}
