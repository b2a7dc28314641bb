/** A running run that recorded nothing for this long stands still, ms. */
export const stillAfterMs = 4 * 60_000;

/** A lease this long past its end was not taken over in the usual course, ms: the sweeper looks each few seconds. */
export const silentAfterMs = 30_000;

/** A second try this late is overdue, ms. */
export const overdueAfterMs = 2 * 60_000;

/** Planned work that waited this long for its turn is worth a look, ms. */
export const waitingLongMs = 5 * 60_000;

/** No scope counts as held for long before, ms, however quick the operation usually is. */
export const heldAtLeastMs = 5 * 60_000;

/** Without earlier runs to compare with, ms. */
const heldUnknownMs = 30 * 60_000;

const heldTimes = 4;

/** Whether a scope is held unusually long: four times what the operation took of late, and not only for a moment. */
export function heldTooLong(heldMs: number, usualMs: number | null): boolean {
  const bound = usualMs === null ? heldUnknownMs : Math.max(heldAtLeastMs, heldTimes * usualMs);
  return heldMs > bound;
}
