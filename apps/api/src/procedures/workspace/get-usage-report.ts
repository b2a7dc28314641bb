import { getUsageReportContract } from '@signalbox/contracts/workspace/get-usage-report';
import { usageReport } from '@signalbox/db/queries/workspace/usage-report';
import { found } from '../../access/capability.ts';
import { memberProcedure } from '../../access/procedures.ts';
import { presentUsageReport } from '../../presenters/workspace/usage-report.ts';
import { wellFormed } from '../../trpc.ts';

/** Usage of the selected workspace in detail. */
export const getUsageReport = memberProcedure('workspace.read')
  .meta(getUsageReportContract.meta)
  .use(wellFormed)
  .input(getUsageReportContract.input)
  .output(getUsageReportContract.output)
  .query(async ({ ctx: { db, principal, tierSecret } }) => {
    const report = await db.inWorkspace(principal.workspaceId, (tx) => usageReport(tx, principal));
    return presentUsageReport(found(report), tierSecret === null ? 'owner' : 'secret');
  });
