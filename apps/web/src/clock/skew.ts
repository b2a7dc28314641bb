/**
 * How far the server's clock is ahead of ours, as an interval in milliseconds that must hold the truth.
 * A duration shown from server times and a browser clock that is minutes off would be wrong or negative.
 */
export interface Skew {
  readonly low: number;
  readonly high: number;
}

export interface Reading {
  /** Our clock when the request left, ms. */
  readonly sentAt: number;
  /** Our clock when the answer came, ms. */
  readonly receivedAt: number;
  /** The answer's Date header, ms; it names the start of a second. */
  readonly serverDate: number;
}

/** Narrows what we know with one more answer. When they disagree a clock was set anew, and the answer wins. */
export function narrow(known: Skew | null, reading: Reading): Skew {
  const fresh = {
    low: reading.serverDate - reading.receivedAt,
    high: reading.serverDate + 999 - reading.sentAt,
  };
  if (known === null) return fresh;
  const low = Math.max(known.low, fresh.low);
  const high = Math.min(known.high, fresh.high);
  return low <= high ? { low, high } : fresh;
}

/** The offset to add to our clock. Zero when nothing contradicts it. */
export function offsetOf(known: Skew | null): number {
  if (known === null || (known.low <= 0 && known.high >= 0)) return 0;
  return Math.round((known.low + known.high) / 2);
}
