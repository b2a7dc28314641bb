import { listRunAuditContract } from '@signalbox/contracts/run/list-run-audit';
import { runAuditOf } from '@signalbox/db/queries/observability/run-audit';
import { runProcedure } from '../../access/procedures.ts';
import { openPage } from '../../page/open-page.ts';
import { presentAuditEntry } from '../../presenters/observability/audit-entry.ts';
import { wellFormed } from '../../trpc.ts';

/** Who did what to a run, oldest first. */
export const listRunAudit = runProcedure('audit.read')
  .meta(listRunAuditContract.meta)
  .use(wellFormed)
  .input(listRunAuditContract.input)
  .output(listRunAuditContract.output)
  .query(async ({ ctx, input }) => {
    const page = openPage(ctx, `run:${ctx.run.id}:audit`, input);
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      runAuditOf(tx, ctx.run.id, { after: Number(page.position?.[0] ?? 0), limit: page.fetch }),
    );
    return page.close(rows, { present: presentAuditEntry, position: (row) => [row.id] });
  });
