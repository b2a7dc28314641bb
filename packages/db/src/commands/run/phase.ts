import { type SQL, sql } from 'drizzle-orm';

/**
 * How the time of a run is split, as expressions over a run row `r`. Every boundary is stored as one moment and
 * parts are differences of whole milliseconds, so the parts of a finished run add up to its wall time exactly.
 */

/** The end of the present phase. Transactions may reach a row in another order than they began. */
export const phaseEnd: SQL = sql`greatest(now(), r.phase_since)`;

const millis = (moment: SQL): SQL => sql`floor(extract(epoch from ${moment}) * 1000)::bigint`;
const between = (from: SQL, to: SQL): SQL => sql`(${millis(to)} - ${millis(from)})`;

/** Up to its wake time a queued run waits; from then on it only lacks a worker. */
const waitEnd = sql`least(${phaseEnd}, greatest(r.wake_at, r.phase_since))`;

export const waitedMs: SQL = between(sql`r.phase_since`, waitEnd);
export const queuedMs: SQL = between(waitEnd, phaseEnd);
export const phaseMs: SQL = between(sql`r.phase_since`, phaseEnd);
