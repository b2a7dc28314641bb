import { batchOperationTypes } from '@signalbox/domain/provisioning/batch-operation';
import { batchProblemCodes } from '@signalbox/domain/provisioning/batch-problem';
import { z } from 'zod';
import { startOutcome } from '../gate/start-outcome.ts';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { nativeBatchFacts } from './native-batch-facts.ts';
import { nativeBatchInput } from './native-batch-input.ts';

/** What keeps operations from being a batch. */
const batchProblem = z
  .object({
    code: z.enum(batchProblemCodes),
    operations: z.array(z.string()).meta({
      description: 'Ids of the operations concerned; of a cycle its path, each needing the one behind it',
    }),
    pointer: z.string().meta({ description: 'Where it stands in the request', example: '/operations/2' }),
    message: z.string(),
  })
  .meta({ id: 'BatchProblem' });

/** What a batch would come to, without making anything. */
export const previewBatchContract = defineContract(
  {
    ...nativeBatchFacts,
    method: 'POST',
    path: '/v1/batches/preview',
    operationId: 'previewBatch',
    summary: 'Preview a batch',
    description:
      'Says everything that keeps the operations from being a batch, the waves they fall into, how many would run at once, and what the start gate would answer to each now. Writes nothing.',
    success: { 200: 'What it would come to' },
    errors: thingErrors,
    body: 'required',
  },
  {
    input: nativeBatchInput,
    output: z
      .object({
        startable: z.boolean().meta({ description: 'Whether it would be admitted now' }),
        problems: z.array(batchProblem),
        waves: z.array(z.array(z.string())).meta({ description: 'Empty while there are problems' }),
        peakConcurrency: z.int().min(0),
        infras: z.array(
          z.object({ name: z.string(), exists: z.boolean().meta({ description: 'Else it is made' }) }),
        ),
        operations: z
          .array(
            z.object({
              id: z.string(),
              type: z.enum(batchOperationTypes),
              operation: z.string(),
              operationLabel: z.string(),
              infra: z.string(),
              servers: z
                .array(z.string())
                .optional()
                .meta({ description: 'Of task services: the servers; absent, all of the infra' }),
              outcome: startOutcome
                .optional()
                .meta({ description: 'Absent where the provider is not known' }),
              forbidden: z
                .string()
                .optional()
                .meta({ description: 'The capability you lack for it; then there is no outcome' }),
            }),
          )
          .meta({ description: 'In the order they were given' }),
      })
      .meta({ id: 'BatchPreview' }),
  },
);
