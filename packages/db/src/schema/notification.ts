import { sql } from 'drizzle-orm';
import { foreignKey, index, pgTable, unique } from 'drizzle-orm/pg-core';
import { createdAt, identity, instant, reference, workspaceId } from './columns.ts';
import { runs } from './run.ts';

/** That a run has ended, told to the person who started it and to nobody else; once, whatever happens. */
export const notifications = pgTable(
  'notifications',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    userId: reference('user_id').notNull(),
    runId: reference('run_id').notNull(),
    readAt: instant('read_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('notifications_once').on(t.workspaceId, t.userId, t.runId),
    index('notifications_list').on(t.workspaceId, t.userId, t.id.desc().nullsFirst()),
    index('notifications_unread').on(t.workspaceId, t.userId).where(sql`read_at is null`),
    foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }),
  ],
);
