import type { Principal } from '@signalbox/domain/access/principal';
import { and, desc, eq, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { bigints } from '../../client/rows.ts';
import { notifications } from '../../schema/notification.ts';
import { runs } from '../../schema/run.ts';
import { runsById, visibleTo } from '../run/get-run.ts';
import type { RunRecord } from '../run/run-record.ts';

/** That a run has ended, as the person who started it sees it. */
export interface NotificationRecord {
  readonly id: number;
  readonly createdAt: Date;
  readonly readAt: Date | null;
  readonly run: RunRecord;
  /** The backup set the run was about; null for the others. */
  readonly backupSetId: number | null;
}

/** Whose notifications: a person of the workspace. */
export type Told = Principal & { readonly userId: number };

/** More unread ones than this are not counted. */
export const mostUnread = 100;

/** Those of the caller and of nobody else, about runs of tenants they are entitled to now. */
function own(tx: WorkspaceTransaction, person: Told): SQL | undefined {
  return and(
    eq(notifications.workspaceId, tx.workspaceId),
    eq(notifications.userId, person.userId),
    visibleTo(person),
  );
}

const ofRun = and(eq(runs.workspaceId, notifications.workspaceId), eq(runs.id, notifications.runId));

const columns = {
  id: notifications.id,
  createdAt: notifications.createdAt,
  readAt: notifications.readAt,
  runId: notifications.runId,
  backupSetId: sql<
    string | null
  >`coalesce(${runs.output} ->> 'backupSetId', ${runs.input} ->> 'backupSetId')`,
};

/** The caller's notifications, newest first, by keyset over the id. */
export async function listNotifications(
  tx: WorkspaceTransaction,
  person: Told,
  ask: {
    readonly unread: boolean;
    readonly runId: number | undefined;
    /** Only those older than this one; null for the first page. */
    readonly before: number | null;
    readonly limit: number;
  },
): Promise<NotificationRecord[]> {
  const rows = await tx.query
    .select(columns)
    .from(notifications)
    .innerJoin(runs, ofRun)
    .where(
      and(
        own(tx, person),
        ask.unread ? isNull(notifications.readAt) : undefined,
        ask.runId === undefined ? undefined : eq(notifications.runId, ask.runId),
        ask.before === null ? undefined : lt(notifications.id, ask.before),
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(ask.limit);
  return withRuns(tx, rows);
}

/** The notification, or null when it does not exist or is not the caller's. */
export async function getNotification(
  tx: WorkspaceTransaction,
  person: Told,
  id: number,
): Promise<NotificationRecord | null> {
  const rows = await tx.query
    .select(columns)
    .from(notifications)
    .innerJoin(runs, ofRun)
    .where(and(own(tx, person), eq(notifications.id, id)));
  const [record] = await withRuns(tx, rows);
  return record ?? null;
}

/** How many the caller has not read; counts to {@link mostUnread} and no further. */
export async function countUnread(tx: WorkspaceTransaction, person: Told): Promise<number> {
  const unread = tx.query
    .select({ id: notifications.id })
    .from(notifications)
    .innerJoin(runs, ofRun)
    .where(and(own(tx, person), isNull(notifications.readAt)))
    .limit(mostUnread)
    .as('unread');
  const [row] = await tx.query.select({ count: sql<number>`count(*)::int` }).from(unread);
  return row?.count ?? 0;
}

/** Which notifications the caller has of these runs. */
export async function notificationsOfRuns(
  tx: WorkspaceTransaction,
  person: Told,
  runIds: readonly number[],
): Promise<{ readonly id: number; readonly runId: number }[]> {
  if (runIds.length === 0) return [];
  return tx.query
    .select({ id: notifications.id, runId: notifications.runId })
    .from(notifications)
    .innerJoin(runs, ofRun)
    .where(and(own(tx, person), sql`${notifications.runId} = any (${bigints(runIds)})`))
    .orderBy(notifications.id);
}

type Row = Omit<NotificationRecord, 'run' | 'backupSetId'> & {
  readonly runId: number;
  readonly backupSetId: string | null;
};

async function withRuns(tx: WorkspaceTransaction, rows: readonly Row[]): Promise<NotificationRecord[]> {
  const records = await runsById(
    tx,
    rows.map(({ runId }) => runId),
  );
  const byId = new Map(records.map((run) => [run.id, run]));
  return rows.flatMap(({ runId, backupSetId, ...row }) => {
    const run = byId.get(runId);
    if (run === undefined) return [];
    return [{ ...row, run, backupSetId: backupSetId === null ? null : Number(backupSetId) }];
  });
}
