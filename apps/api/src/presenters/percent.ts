/** A share from 0 to 1 as a percentage with one decimal. */
export function percent(share: number): number {
  return Math.min(100, Math.max(0, Math.round(share * 1_000) / 10));
}
