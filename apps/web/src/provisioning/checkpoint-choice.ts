/** The ids that are chosen. */
export function comparedOf(compare: string | undefined): readonly string[] {
  return compare === undefined ? [] : [...new Set(compare.toLowerCase().split(','))];
}

/** What is chosen after a tick: a third one takes the place of the first. */
export function toggleCompared(compare: string | undefined, id: string): string | undefined {
  const chosen = comparedOf(compare);
  const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-2);
  return next.length === 0 ? undefined : next.join(',');
}
