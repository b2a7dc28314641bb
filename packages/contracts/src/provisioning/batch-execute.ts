import { z } from 'zod';
import { idempotencyHeaders, startErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { batchFacts, envelope } from './batch-envelope.ts';
import {
  batchName,
  batchOperation,
  batchVersion,
  infraUnnamed,
  namesItsInfra,
  parallelLimit,
  rollbackEnabled,
  storageBackend,
} from './batch-request.ts';
import { contractBatchStatus, contractItem } from './batch-state.ts';

/** Submits a batch, in the words of the provisioning contract. */
export const executeBatchContract = defineContract(
  {
    ...batchFacts,
    method: 'POST',
    path: '/batch/execute',
    operationId: 'executeBatch',
    summary: 'Execute batch operation',
    description:
      'Submits operations that depend on each other as one batch. All of it is judged before anything begins: a graph that cannot be is 422 and `errors` names each operation concerned. The batch holds its infras and provider connections until it has ended. An infra that no operation names is the one named as the batch; it is made when there is none.',
    success: { 200: 'Batch operation started' },
    errors: {
      ...startErrors,
      422: 'The operations make no batch: a cycle, an unknown or double id, an unknown provider or infra, none or too many. Or the `Idempotency-Key` was used before with another body.',
    },
    body: 'required',
    requestHeaders: idempotencyHeaders,
    examples: {
      request: {
        multi_cloud: {
          name: 'multi_cloud_deployment',
          version: '1.0.0',
          storage_backend: 'surrealdb',
          parallel_limit: 5,
          rollback_enabled: true,
          operations: [
            {
              id: 'upcloud_servers',
              type: 'server_batch',
              provider: 'upcloud',
              dependencies: [],
              config: { server_configs: [{ name: 'web-01', plan: '1xCPU-2GB', zone: 'de-fra1' }] },
            },
            {
              id: 'aws_taskservs',
              type: 'taskserv_batch',
              provider: 'aws',
              dependencies: ['upcloud_servers'],
              config: { taskservs: ['kubernetes', 'cilium'] },
            },
          ],
        },
      },
    },
  },
  {
    input: z
      .object({
        name: batchName,
        version: batchVersion,
        storage_backend: storageBackend,
        parallel_limit: parallelLimit,
        rollback_enabled: rollbackEnabled,
        operations: z.array(batchOperation),
      })
      .refine(namesItsInfra, infraUnnamed),
    output: envelope(
      z
        .object({ batch_id: z.uuid(), status: contractBatchStatus, operations: z.array(contractItem) })
        .meta({ id: 'BatchOperationResult' }),
    ),
  },
);
