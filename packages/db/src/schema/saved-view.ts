import { sql } from 'drizzle-orm';
import { pgTable, text, unique } from 'drizzle-orm/pg-core';
import { users } from './access.ts';
import { createdAt, identity, instant, reference, workspaceId } from './columns.ts';

/** A view of a list that one member kept under a name. Nobody else sees it. */
export const savedViews = pgTable(
  'saved_views',
  {
    workspaceId: workspaceId(),
    id: identity().primaryKey(),
    userId: reference('user_id')
      .notNull()
      .references(() => users.id),
    /** Which page of the console it belongs to, such as `runs`. */
    page: text('page').notNull(),
    name: text('name').notNull(),
    /** The search string of the page, with its `?`. Relative ranges stay relative. */
    search: text('search').notNull(),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull().default(sql`now()`),
  },
  (t) => [unique('saved_views_name').on(t.workspaceId, t.userId, t.page, t.name)],
);
