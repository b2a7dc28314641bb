import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { commaList } from '../shape/comma-list.ts';
import { entityId } from '../shape/ids.ts';
import { page, pageQuery } from '../shape/page.ts';
import { bulkItem, bulkItemOutcome, bulkItemStatus } from './bulk-record.ts';

/** The runs of a bulk action with what was answered to each, in order, by keyset over the position. */
export const listBulkItemsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/bulk-actions/{id}/items',
    operationId: 'listBulkActionItems',
    summary: 'List the runs of a bulk action',
    description:
      'Each run with what the gate answered, the new run, why it failed or was skipped, and what it waits for. Lists in the query are written with commas.',
    tags: ['Bulk actions'],
    success: { 200: 'A page of items' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      id: entityId,
      ...pageQuery,
      status: commaList(bulkItemStatus).optional().meta({ example: 'waiting,failed' }),
      outcome: commaList(bulkItemOutcome).optional().meta({ example: 'scope_busy' }),
    }),
    output: page(bulkItem),
  },
);
