import { getAuditHeadContract } from '@signalbox/contracts/observability/verify-audit';
import { auditHead } from '@signalbox/db/queries/observability/verify-audit';
import { memberProcedure } from '../../access/procedures.ts';
import { wellFormed } from '../../trpc.ts';

/** The newest seal of the log, to be kept elsewhere. */
export const getAuditHead = memberProcedure('audit.read')
  .meta(getAuditHeadContract.meta)
  .use(wellFormed)
  .input(getAuditHeadContract.input)
  .output(getAuditHeadContract.output)
  .query(async ({ ctx }) => {
    const head = await auditHead(ctx.db, ctx.principal.workspaceId);
    if (head === null) return { head: null };
    const { number, digest, sealedAt, sealedEntries } = head;
    return { head: { number, digest, sealedAt, entries: sealedEntries } };
  });
