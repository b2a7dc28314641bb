import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { bulkRecord } from './bulk-record.ts';

/** One bulk action. */
export const getBulkContract = defineContract(
  {
    method: 'GET',
    path: '/v1/bulk-actions/{id}',
    operationId: 'getBulkAction',
    summary: 'Read a bulk action',
    description: 'What was asked, and how far it is.',
    tags: ['Bulk actions'],
    success: { 200: 'The bulk action' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: bulkRecord },
);
