import { z } from 'zod';
import { bulkErrors, idempotencyHeaders } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { prose } from '../shape/text.ts';
import { bulkRecord } from './bulk-record.ts';
import { bulkAction, bulkSelection, lacksReason } from './bulk-selection.ts';

/** Asks something of many runs at once. Each start passes the same gate as a single one. */
export const createBulkContract = defineContract(
  {
    method: 'POST',
    path: '/v1/bulk-actions',
    operationId: 'createBulkAction',
    summary: 'Cancel, replay or retry many runs',
    description:
      'The runs are settled when the bulk action is made and never change. A worker then asks the start gate for each, or cancels each, with the rights you have at that moment. An item whose scope is held or whose connection is throttled waits; any other refusal ends it. At most 1,000 runs; a cancel needs a reason.',
    tags: ['Bulk actions'],
    success: { 201: 'Made; a worker goes through its items' },
    errors: {
      ...bulkErrors,
      409: 'A request with the same `Idempotency-Key` is still in flight.',
      422: 'The selection holds no run or more than 1,000, or the `Idempotency-Key` was used before with another body.',
    },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: {
      Location: {
        description: 'Where the bulk action can be read.',
        schema: { type: 'string', format: 'uri-reference' },
        statuses: [201],
      },
    },
  },
  {
    input: z
      .strictObject({
        action: bulkAction,
        selection: bulkSelection,
        reason: prose(500).optional().meta({ description: 'Required for a cancel; kept in the audit log' }),
      })
      .refine((input) => !lacksReason(input), {
        path: ['reason'],
        error: 'is required for a cancel',
      }),
    output: bulkRecord,
  },
);
