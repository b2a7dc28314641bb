import { listRefusalsContract } from '@signalbox/contracts/gate/list-refusals';
import { listRefusals as listRefusalsQuery } from '@signalbox/db/queries/gate/refusals';
import { memberProcedure } from '../../access/procedures.ts';
import { openPage } from '../../page/open-page.ts';
import { presentRefusal } from '../../presenters/gate/refusal.ts';
import { wellFormed } from '../../trpc.ts';

/**
 * Refused starts. Who may read the runs of a tenant may read this: it names the operation, the person and the reason,
 * all of which a run that was not refused shows too.
 */
export const listRefusals = memberProcedure('run.read')
  .meta(listRefusalsContract.meta)
  .use(wellFormed)
  .input(listRefusalsContract.input)
  .output(listRefusalsContract.output)
  .query(async ({ ctx, input }) => {
    const page = openPage(ctx, 'refusals', input);
    const { position } = page;
    const filter = {
      since: input.since === undefined ? undefined : new Date(input.since),
      operations: input.operation,
      tenantId: input.tenantId,
      outcome: input.outcome,
      reason: input.reason,
    };
    const cursor = position && { at: String(position[0]), id: Number(position[1]) };
    const rows = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      listRefusalsQuery(tx, ctx.principal, { filter, cursor, limit: page.fetch }),
    );
    return page.close(rows, {
      present: (row) => presentRefusal(row, ctx.principal),
      position: (row) => [row.exactAt, row.id],
    });
  });
