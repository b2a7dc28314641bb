import { sql } from 'drizzle-orm';
import { bigint, customType, text, timestamp } from 'drizzle-orm/pg-core';

/** Columns every area uses, so that an id, a time or a workspace is the same thing in every table. */

/** The workspace a row belongs to; row-level security compares it with the setting of the transaction. */
export const workspaceId = () => text('workspace_id').notNull();

/** An integer id made by the database. */
export const identity = () => bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity();

/** A reference to an integer id. */
export const reference = (name: string) => bigint(name, { mode: 'number' });

/** A point in time with the database's clock. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const createdAt = () => instant('created_at').notNull().default(sql`now()`);

export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** The writing transaction's id, by which audit rows are sealed in commit order. */
export const transactionId = customType<{ data: string }>({ dataType: () => 'xid8' });
