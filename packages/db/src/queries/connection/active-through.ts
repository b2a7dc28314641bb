import { activeStatuses } from '@signalbox/domain/run/lifecycle';
import { sql } from 'drizzle-orm';

const quoted = activeStatuses.map((status) => `'${status}'`).join(', ');

/**
 * The condition that a run `r` has not ended, in the very words of the index by which the runs through a connection are
 * found: with a parameter in them the planner could not know that the index holds all of them.
 */
export const activeThrough = sql.raw(`r.connection_id is not null and r.status in (${quoted})`);
