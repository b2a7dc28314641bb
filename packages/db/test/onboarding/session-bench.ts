import { editSession, type SessionEdit } from '@signalbox/db/commands/onboarding/edit-session';
import type { Edited } from '@signalbox/db/commands/onboarding/editor';
import { openSession } from '@signalbox/db/commands/onboarding/open-session';
import { takeLock } from '@signalbox/db/commands/onboarding/take-lock';
import type { SessionRecord } from '@signalbox/db/queries/onboarding/sessions';
import type { Person } from '@signalbox/domain/access/principal';
import type { JsonObject } from '@signalbox/domain/gate/canonical';
import {
  makeTenant,
  makeWorkspace,
  type TestTenant,
  type TestWorkspace,
} from '@signalbox/testing/fixtures/workspace';
import { waitUntil } from '@signalbox/testing/wait-until';
import { type GateDatabase, openGateDatabase } from '../gate/gate-database.ts';

export const requestId = 'req-1';

/** How a change names the lock that its author saw. */
export const hold = (version: number | null) => ({ version, takeover: false, reason: null, requestId });

/** A workspace with short ways to the onboarding of the present tenant. */
export interface SessionBench {
  readonly gate: GateDatabase;
  readonly workspace: TestWorkspace;
  readonly operator: Person;
  readonly manager: Person;
  tenant(): TestTenant;
  /** Goes on with a tenant that nobody has begun to onboard. */
  freshTenant(): Promise<void>;
  open(by?: Person, takesLock?: boolean): Promise<SessionRecord>;
  /** A change under the version of the session as it was told, or under another one. */
  edit(
    session: Pick<SessionRecord, 'id' | 'lock'>,
    by: Person,
    what: Omit<SessionEdit, 'sessionId' | 'hold'> & { readonly under?: number },
  ): Promise<Edited>;
  type(session: SessionRecord, by: Person, draft: JsonObject): Promise<Edited>;
  takeOver(sessionId: number): Promise<Edited>;
  /** Once so many wait for a lock in this database. */
  waiting(count: number): Promise<void>;
  audited(sessionId: number): Promise<Record<string, unknown>[]>;
}

export async function openSessionBench(): Promise<SessionBench> {
  const gate = await openGateDatabase();
  const workspace = await makeWorkspace(gate.db);
  const { operator, manager } = workspace.members;
  let tenant = await makeTenant(gate.db, workspace.id);
  const edit: SessionBench['edit'] = ({ id, lock }, by, { under = lock.version, ...what }) =>
    editSession(gate.db, by, { sessionId: id, hold: hold(under), ...what });
  return {
    ...{ gate, workspace, operator, manager, edit, tenant: () => tenant },
    freshTenant: async () => {
      tenant = await makeTenant(gate.db, workspace.id);
    },
    open: async (by = operator, takesLock = true) =>
      (await openSession(gate.db, by, { tenantId: tenant.tenantId, takesLock, requestId })).session,
    type: (session, by, draft) => edit(session, by, { draft }),
    takeOver: (sessionId) =>
      takeLock(gate.db, manager, { sessionId, takeover: true, reason: 'The night shift goes on', requestId }),
    waiting: (count) => lockWaiters(gate, count),
    audited: async (sessionId) =>
      (
        await gate.admin`select action, actor_name, details from audit_entries
          where object_kind = 'onboarding_session' and object_id = ${String(sessionId)} order by id`
      ).map((row) => ({ ...row })),
  };
}

/** Waits until so many wait for a lock in this database. */
export async function lockWaiters({ admin }: GateDatabase, count: number): Promise<void> {
  await waitUntil(
    `${count} to wait for a lock`,
    async () => {
      const [row] = await admin`select count(*)::int as n from pg_stat_activity
        where wait_event_type = 'Lock' and datname = current_database()`;
      return Number(row?.n);
    },
    { until: (waiting) => waiting === count },
  );
}

/** The session of an answer that must have been given. */
export function sessionOf(result: Edited): SessionRecord {
  if (result.kind !== 'done') throw new Error(result.message);
  return result.session;
}
