import type { cancelBatchOperationContract } from '@signalbox/contracts/provisioning/batch-cancel';
import type { executeBatchContract } from '@signalbox/contracts/provisioning/batch-execute';
import type { getBatchOperationContract } from '@signalbox/contracts/provisioning/batch-get';
import type { listBatchOperationsContract } from '@signalbox/contracts/provisioning/batch-list';
import type { cancelBatchContract } from '@signalbox/contracts/provisioning/cancel-batch';
import type { createBatchContract } from '@signalbox/contracts/provisioning/create-batch';
import type { getBatchContract } from '@signalbox/contracts/provisioning/get-batch';
import type { listBatchesContract } from '@signalbox/contracts/provisioning/list-batches';
import type { previewBatchContract } from '@signalbox/contracts/provisioning/preview-batch';
import type { retryBatchContract } from '@signalbox/contracts/provisioning/retry-batch';
import type { Mutation, Query } from './procedure-shapes.ts';

/** The procedures of batches by their path, as a part of `AppProcedures`. */
export type BatchProcedures = {
  batch: {
    list: Query<typeof listBatchesContract>;
    get: Query<typeof getBatchContract>;
    create: Mutation<typeof createBatchContract>;
    preview: Mutation<typeof previewBatchContract>;
    cancel: Mutation<typeof cancelBatchContract>;
    retry: Mutation<typeof retryBatchContract>;
  };
  batchContract: {
    execute: Mutation<typeof executeBatchContract>;
    list: Query<typeof listBatchOperationsContract>;
    get: Query<typeof getBatchOperationContract>;
    cancel: Mutation<typeof cancelBatchOperationContract>;
  };
};
