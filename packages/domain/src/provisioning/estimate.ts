/** What is known of work that is under way, times in milliseconds. */
export interface UnderWay {
  /** Executing so far. */
  readonly elapsedMs: number;
  /** Share of the work done, 0 to 1; null where it is not known. */
  readonly fraction: number | null;
  /** How long as much work usually takes; null without a history. */
  readonly usualMs: number | null;
}

/**
 * How long it will still take, in milliseconds; null where nothing tells. What usually happens counts at first, and the
 * present pace more and more as the work goes on.
 */
export function remainingMs({ elapsedMs, fraction, usualMs }: UnderWay): number | null {
  const byPace = fraction === null || fraction <= 0 ? null : (elapsedMs / fraction) * (1 - fraction);
  const byHistory = usualMs === null ? null : Math.max(0, usualMs - elapsedMs);
  if (byPace === null || byHistory === null) return byPace ?? byHistory;
  const trust = fraction ?? 0;
  return byPace * trust + byHistory * (1 - trust);
}

/** A part of work whose parts depend on each other. */
export interface Part {
  readonly id: string;
  readonly needs: readonly string[];
  /** How long it will still take, in milliseconds; 0 for what has ended. */
  readonly leftMs: number;
}

/** How long all parts will still take: that of the longest chain, since what does not depend is done side by side. */
export function longestChainMs(parts: readonly Part[]): number {
  const byId = new Map(parts.map((part) => [part.id, part]));
  const known = new Map<string, number>();
  // Children before parents, without recursion: a part is finished once all it needs is known.
  const stack = parts.map(({ id }) => id);
  while (stack.length > 0) {
    const id = stack.at(-1) ?? '';
    const part = byId.get(id);
    const open = part?.needs.filter((need) => byId.has(need) && !known.has(need)) ?? [];
    if (part === undefined || known.has(id)) {
      stack.pop();
    } else if (open.length > 0) {
      stack.push(...open);
    } else {
      stack.pop();
      known.set(id, part.leftMs + Math.max(0, ...part.needs.map((need) => known.get(need) ?? 0)));
    }
  }
  return Math.max(0, ...known.values());
}
