import { listEvidenceContract } from '@signalbox/contracts/onboarding/list-evidence';
import { listEvidence as listEvidenceQuery } from '@signalbox/db/queries/onboarding/evidence';
import { tenantProcedure } from '../../access/procedures.ts';
import { idCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentEvidence } from '../../presenters/onboarding/evidence.ts';
import { wellFormed } from '../../trpc.ts';

/** What was observed about a tenant, the newest first. */
export const listEvidence = tenantProcedure('onboarding.read', 'tenantId')
  .meta(listEvidenceContract.meta)
  .use(wellFormed)
  .input(listEvidenceContract.input)
  .output(listEvidenceContract.output)
  .query(async ({ ctx, input }) => {
    const tenantId = ctx.tenant.id;
    const page = openPage(ctx, `tenant:${tenantId}:evidence`, input);
    const ask = { tenantId, task: input.task, before: idCursor(page), limit: page.fetch };
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) => listEvidenceQuery(tx, ask));
    return page.close(rows, { present: presentEvidence, position: (row) => [row.id] });
  });
