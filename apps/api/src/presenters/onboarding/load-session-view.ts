import type { SessionView } from '@signalbox/contracts/onboarding/session-view';
import type { Database } from '@signalbox/db/client/database';
import { newestBootstrap } from '@signalbox/db/queries/onboarding/bootstrap';
import type { SessionRecord } from '@signalbox/db/queries/onboarding/sessions';
import { stepFacts } from '@signalbox/db/queries/onboarding/step-facts';
import { tasksOf } from '@signalbox/db/queries/onboarding/tasks';
import type { Principal } from '@signalbox/domain/access/principal';
import { presentSession } from './session.ts';

/** A session with its tasks, its bootstrap and what the caller may do, for a caller who was shown to see it. */
export async function loadSessionView(
  { db, principal }: { readonly db: Database; readonly principal: Principal },
  session: SessionRecord,
): Promise<SessionView> {
  const now = new Date();
  const tenantId = session.tenant.id;
  return db.inWorkspace(principal.workspaceId, async (tx) => {
    const ground = await stepFacts(tx, { tenantId, connectionId: session.connectionId, now });
    const tasks = await tasksOf(tx, { tenantId, connectionId: ground.chosenId });
    const bootstrap = await newestBootstrap(tx, session.id);
    return presentSession({ session, tasks, ground, bootstrap }, { principal, now });
  });
}
