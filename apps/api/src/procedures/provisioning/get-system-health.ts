import { getSystemHealthContract } from '@signalbox/contracts/provisioning/get-system-health';
import { memberProcedure } from '../../access/procedures.ts';
import { readSystemHealth } from '../../observability/system-state.ts';
import { wellFormed } from '../../trpc.ts';

/** How well the system is. */
export const getSystemHealth = memberProcedure('infra.read')
  .meta(getSystemHealthContract.meta)
  .use(wellFormed)
  .input(getSystemHealthContract.input)
  .output(getSystemHealthContract.output)
  .query(async ({ ctx: { db, principal } }) => {
    const data = await readSystemHealth({ db, directory: process.cwd() }, principal.workspaceId);
    return { success: true, data };
  });
