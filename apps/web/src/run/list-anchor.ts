/** Since when each filter's relative ranges are counted, ms of the server's clock, for as long as the tab lives. */
const anchors = new Map<string, number>();

/** An older moment than this is not worth keeping a page still for, ms. */
const freshMs = 10 * 60_000;

/**
 * The moment the relative ranges of a list are counted from. It stays the same while one reads and pages, and on the
 * way back from a run, so that the list does not move; it is renewed when the list is asked for anew.
 */
export function anchorOf(filter: string, now: number): number {
  const known = anchors.get(filter);
  if (known !== undefined && Math.abs(now - known) < freshMs) return known;
  anchors.set(filter, now);
  return now;
}

/** Counts the ranges of a filter from now on. */
export function moveAnchor(filter: string, now: number): void {
  anchors.set(filter, now);
}
