import { clusterActions } from '@signalbox/domain/provisioning/plan-cluster';
import { z } from 'zod';
import { defineContract } from '../openapi/operation.ts';
import { objectName } from '../operation/provisioning-inputs.ts';
import { workflowAnswer, workflowFacts, workflowFields } from './workflow-parts.ts';

/** Manages the clusters of a type in an infra. */
export const clusterWorkflowContract = defineContract(
  {
    ...workflowFacts,
    path: '/workflows/cluster/create',
    operationId: 'clusterWorkflow',
    summary: 'Create cluster workflow',
    description:
      'Submits a workflow that creates, removes, scales or upgrades the clusters of a type which the settings of an infra name; where they name none, one of three servers that is called as its type.',
    examples: { request: { kubernetes: { operation: 'create', cluster_type: 'kubernetes', infra: 'demo' } } },
  },
  {
    input: z.object({
      operation: z.enum(clusterActions),
      cluster_type: objectName.meta({ description: 'Cluster type', example: 'kubernetes' }),
      ...workflowFields,
    }),
    output: workflowAnswer,
  },
);
