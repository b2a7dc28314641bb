import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Database } from '../../client/database.ts';
import {
  countUnread,
  getNotification,
  type NotificationRecord,
  type Told,
} from '../../queries/notification/notifications.ts';
import { notifications } from '../../schema/notification.ts';

/**
 * Notes that a person has read what they were told, and answers it as it is then. The first time counts. Null when it
 * is not theirs. What somebody has looked at is their own matter and leaves no audit entry.
 */
export async function markRead(db: Database, person: Told, id: number): Promise<NotificationRecord | null> {
  return db.inWorkspace(person.workspaceId, async (tx) => {
    if ((await getNotification(tx, person, id)) === null) return null;
    await tx.query
      .update(notifications)
      .set({ readAt: sql`now()` })
      .where(
        and(
          eq(notifications.workspaceId, tx.workspaceId),
          eq(notifications.userId, person.userId),
          eq(notifications.id, id),
          isNull(notifications.readAt),
        ),
      );
    return getNotification(tx, person, id);
  });
}

/** The same for everything they were told up to a notification; what came after it stays unread. */
export async function markAllRead(
  db: Database,
  person: Told,
  upTo: number,
): Promise<{ readonly read: number; readonly unread: number }> {
  return db.inWorkspace(person.workspaceId, async (tx) => {
    const read = await tx.query
      .update(notifications)
      .set({ readAt: sql`now()` })
      .where(
        and(
          eq(notifications.workspaceId, tx.workspaceId),
          eq(notifications.userId, person.userId),
          lte(notifications.id, upTo),
          isNull(notifications.readAt),
        ),
      )
      .returning({ id: notifications.id });
    return { read: read.length, unread: await countUnread(tx, person) };
  });
}
