import { listRunsContract } from '@signalbox/contracts/run/list-runs';
import { surroundings } from '@signalbox/db/queries/observability/surroundings';
import { listRuns as listRunsQuery } from '@signalbox/db/queries/run/list-runs';
import type { Principal } from '@signalbox/domain/access/principal';
import type { z } from 'zod';
import { memberProcedure } from '../../access/procedures.ts';
import { presentRunSummary } from '../../presenters/run/run-summary.ts';
import { wellFormed } from '../../trpc.ts';

/** Runs of the workspace the caller may see, newest first. */
export const listRuns = memberProcedure('run.read')
  .meta(listRunsContract.meta)
  .use(wellFormed)
  .input(listRunsContract.input)
  .output(listRunsContract.output)
  .query(async ({ ctx, input }) => {
    const { principal, cursors, db } = ctx;
    const place = { workspaceId: principal.workspaceId, list: 'runs' };
    const position = input.cursor === undefined ? null : cursors.read(place, input.cursor);
    const cursor = position && { createdAt: String(position[0]), id: Number(position[1]) };
    return db.inWorkspace(principal.workspaceId, async (tx) => {
      const filter = filterOf(input, principal);
      const page = await listRunsQuery(tx, principal, { filter, cursor, limit: input.limit });
      const { now } = await surroundings(tx);
      return {
        items: page.items.map((record) => presentRunSummary(record, now)),
        nextCursor: page.next && cursors.write(place, [page.next.createdAt, page.next.id]),
      };
    });
  });

function filterOf(input: z.infer<typeof listRunsContract.input>, principal: Principal) {
  const { initiatedBy, createdAfter, createdBefore } = input;
  return {
    statuses: input.status,
    operations: input.operation,
    tenantId: input.tenantId,
    connectionId: input.connectionId,
    initiator:
      initiatedBy === undefined
        ? undefined
        : initiatedBy === 'me'
          ? { userId: principal.userId }
          : { username: initiatedBy },
    tag: input.tag,
    createdAfter: createdAfter === undefined ? undefined : new Date(createdAfter),
    createdBefore: createdBefore === undefined ? undefined : new Date(createdBefore),
    parentRunId: input.parentId,
  };
}
