import { listAuditContract } from '@signalbox/contracts/observability/list-audit';
import { listAudit as listAuditQuery } from '@signalbox/db/queries/observability/list-audit';
import { memberProcedure } from '../../access/procedures.ts';
import { presentAuditLogEntry } from '../../presenters/observability/audit-log-entry.ts';
import { moment } from '../../presenters/time.ts';
import { wellFormed } from '../../trpc.ts';

/** Who did what in the workspace, newest first, as far as the caller's tenants go. */
export const listAudit = memberProcedure('audit.read')
  .meta(listAuditContract.meta)
  .use(wellFormed)
  .input(listAuditContract.input)
  .output(listAuditContract.output)
  .query(async ({ ctx, input }) => {
    const { limit, cursor, from, to, ...filter } = input;
    const place = { workspaceId: ctx.principal.workspaceId, list: 'audit' };
    const below = cursor === undefined ? null : Number(ctx.cursors.read(place, cursor)[0]);
    const part = await ctx.db.inWorkspace(ctx.principal.workspaceId, (tx) =>
      listAuditQuery(tx, ctx.principal, {
        filter: {
          ...filter,
          from: from === undefined ? undefined : new Date(from),
          to: to === undefined ? undefined : new Date(to),
        },
        below,
        limit,
      }),
    );
    return {
      items: part.entries.map(presentAuditLogEntry),
      nextCursor: part.below === null ? null : ctx.cursors.write(place, [part.below]),
      lookedBackTo: part.lookedBackTo === null ? null : moment(part.lookedBackTo),
    };
  });
