import { z } from 'zod';
import {
  batchName,
  batchVersion,
  infraUnnamed,
  namesItsInfra,
  parallelLimit,
  rollbackEnabled,
  storageBackend,
  strictBatchOperation,
} from './batch-request.ts';

/** A batch as the console and new integrations ask for it. */
export const nativeBatchInput = z
  .strictObject({
    name: batchName,
    version: batchVersion,
    storageBackend,
    parallelLimit,
    rollbackEnabled,
    operations: z.array(strictBatchOperation),
  })
  .refine(namesItsInfra, infraUnnamed);
