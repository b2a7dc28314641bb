import { listOnboardingSessionsContract } from '@signalbox/contracts/onboarding/list-onboarding-sessions';
import { newestEvidence } from '@signalbox/db/queries/onboarding/evidence';
import { listSessions } from '@signalbox/db/queries/onboarding/sessions';
import { statusesAt } from '@signalbox/db/queries/onboarding/tasks';
import { memberProcedure } from '../../access/procedures.ts';
import { idCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentSessionSummary } from '../../presenters/onboarding/session.ts';
import { wellFormed } from '../../trpc.ts';

/** Onboardings of the tenants the caller is entitled to, the newest first. */
export const listOnboardingSessions = memberProcedure('onboarding.read')
  .meta(listOnboardingSessionsContract.meta)
  .use(wellFormed)
  .input(listOnboardingSessionsContract.input)
  .output(listOnboardingSessionsContract.output)
  .query(async ({ ctx, input }) => {
    const { principal } = ctx;
    const { tenantId, status, assigneeUserId } = input;
    const page = openPage(ctx, 'onboarding-sessions', input);
    const ask = { tenantId, status, assigneeUserId, before: idCursor(page), limit: page.fetch };
    const now = new Date();
    const rows = await ctx.db.inWorkspace(principal.workspaceId, async (tx) => {
      const sessions = await listSessions(tx, principal, ask);
      const evidence = await newestEvidence(
        tx,
        sessions.map(({ tenant, connectionId }) => ({ tenantId: tenant.id, connectionId })),
      );
      return sessions.map((session, index) => ({
        session,
        statuses: statusesAt(evidence[index] ?? new Map(), now),
      }));
    });
    return page.close(rows, {
      present: ({ session, statuses }) => presentSessionSummary(session, statuses, { principal, now }),
      position: ({ session }) => [session.id],
    });
  });
