import { clusterWorkflowContract } from '@signalbox/contracts/provisioning/cluster-workflow';
import { clusterActions } from '@signalbox/domain/provisioning/plan-cluster';
import { wellFormed } from '../../trpc.ts';
import { startWorkflow } from './start-workflow.ts';
import { verbOf, workflowProcedure } from './workflow-procedure.ts';

/** Servers of a cluster that the settings do not name. */
const usualSize = 3;

/** Manages the clusters of a type in an infra, in the words of the provisioning contract. */
export const clusterWorkflow = workflowProcedure(verbOf('cluster', clusterActions))
  .meta(clusterWorkflowContract.meta)
  .use(wellFormed)
  .input(clusterWorkflowContract.input)
  .output(clusterWorkflowContract.output)
  .mutation(async ({ ctx, input, signal }) => {
    const { operation, cluster_type: type } = input;
    const data = await startWorkflow({ ...ctx, signal }, input, {
      meta: clusterWorkflowContract.meta,
      operation: `${operation}_cluster`,
      told: (settings) => {
        const named = settings.clusters.filter((cluster) => cluster.type === type);
        const clusters = named.length > 0 ? named : [{ name: type, type, size: usualSize }];
        return { clusters: clusters.map((cluster) => ({ ...cluster })) };
      },
    });
    return { success: true, data };
  });
