import { getSystemMetricsContract } from '@signalbox/contracts/provisioning/get-system-metrics';
import { memberProcedure } from '../../access/procedures.ts';
import { readSystemMetrics } from '../../observability/system-state.ts';
import { wellFormed } from '../../trpc.ts';

/** Counts of the workspace and load of the host. */
export const getSystemMetrics = memberProcedure('infra.read')
  .meta(getSystemMetricsContract.meta)
  .use(wellFormed)
  .input(getSystemMetricsContract.input)
  .output(getSystemMetricsContract.output)
  .query(async ({ ctx: { db, principal } }) => {
    const data = await readSystemMetrics({ db, directory: process.cwd() }, principal.workspaceId);
    return { success: true, data };
  });
