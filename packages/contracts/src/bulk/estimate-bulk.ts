import { z } from 'zod';
import { bulkErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { runStatus } from '../run/run-words.ts';
import { moment } from '../shape/time.ts';
import { bulkAction, bulkSelection } from './bulk-selection.ts';

const count = z.int().min(0);

/** Says what a bulk action would do, without making anything. */
export const estimateBulkContract = defineContract(
  {
    method: 'POST',
    path: '/v1/bulk-actions/estimate',
    operationId: 'estimateBulkAction',
    summary: 'Estimate a bulk action',
    description:
      'How many runs the selection holds, by status, and how many would be skipped and why. Nothing is made. To act on no run that was made after the estimate, give its `createdBefore` in the filter of the bulk action. At most 1,000 runs.',
    tags: ['Bulk actions'],
    success: { 200: 'What it would do' },
    errors: bulkErrors,
    body: 'required',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ action: bulkAction, selection: bulkSelection }),
    output: z
      .object({
        action: bulkAction,
        at: moment,
        total: count,
        applies: count.meta({ description: 'Runs the action applies to now' }),
        byStatus: z.array(z.object({ status: runStatus, total: count, applies: count })),
        skipped: z.array(z.object({ reason: z.string(), count })),
        createdBefore: moment.optional().meta({
          description:
            'For a filter: the same member of the filter that leaves out runs made after the estimate',
        }),
        reasonRequired: z.boolean(),
        confirm: z.boolean().meta({ description: 'So many runs that a person should confirm the number' }),
      })
      .meta({ id: 'BulkEstimate' }),
  },
);
