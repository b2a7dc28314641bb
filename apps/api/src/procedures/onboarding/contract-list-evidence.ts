import { contractListEvidenceContract } from '@signalbox/contracts/onboarding/contract-list-evidence';
import { listEvidence } from '@signalbox/db/queries/onboarding/evidence';
import { tenantProcedure } from '../../access/procedures.ts';
import { idCursor } from '../../page/name-cursor.ts';
import { openPage } from '../../page/open-page.ts';
import { presentContractEvidence } from '../../presenters/onboarding/evidence.ts';
import { wellFormed } from '../../trpc.ts';

/** The evidence of a tenant, in the words of the onboarding contract, whose answer is a bare list. */
export const contractListEvidence = tenantProcedure('onboarding.read', 'tenantId')
  .meta(contractListEvidenceContract.meta)
  .use(wellFormed)
  .input(contractListEvidenceContract.input)
  .output(contractListEvidenceContract.output)
  .query(async ({ ctx, input }) => {
    const tenantId = ctx.tenant.id;
    const page = openPage(ctx, `tenant:${tenantId}:evidence`, input);
    const ask = { tenantId, task: input.taskType, before: idCursor(page), limit: page.fetch };
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) => listEvidence(tx, ask));
    const { items, nextCursor } = page.close(rows, {
      present: presentContractEvidence,
      position: (row) => [row.id],
    });
    if (nextCursor !== null) ctx.reply.header('x-next-cursor', nextCursor);
    return items;
  });
