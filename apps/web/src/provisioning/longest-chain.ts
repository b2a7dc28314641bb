/** An operation with what it needs and how long it takes, in any one unit. */
export interface ChainLink {
  readonly id: string;
  readonly needs: readonly string[];
  readonly weight: number;
}

/**
 * The chain of operations that decides how long the whole takes: of all ways through the graph the heaviest, from its
 * beginning. Takes the links in an order in which each stands behind what it needs; what does not is left out.
 */
export function longestChain(links: readonly ChainLink[]): string[] {
  const best = new Map<string, { readonly sum: number; readonly before: string | null }>();
  let end: string | null = null;
  for (const { id, needs, weight } of links) {
    let before: string | null = null;
    let sum = 0;
    for (const need of needs) {
      const reached = best.get(need);
      if (reached !== undefined && (before === null || reached.sum > sum))
        [before, sum] = [need, reached.sum];
    }
    best.set(id, { sum: sum + weight, before });
    if (end === null || sum + weight > (best.get(end)?.sum ?? 0)) end = id;
  }
  const chain: string[] = [];
  for (let at = end; at !== null; at = best.get(at)?.before ?? null) chain.unshift(at);
  return chain;
}
