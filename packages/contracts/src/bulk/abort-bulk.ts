import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { prose } from '../shape/text.ts';
import { bulkRecord } from './bulk-record.ts';

/** Stops a bulk action. What was started or cancelled stays so. */
export const abortBulkContract = defineContract(
  {
    method: 'POST',
    path: '/v1/bulk-actions/{id}/abort',
    operationId: 'abortBulkAction',
    summary: 'Abort a bulk action',
    description:
      'Items that still wait are not tried any more, as far as you may see them; items about other tenants go on. Runs that were started go on, and those that were cancelled stay cancelled.',
    tags: ['Bulk actions'],
    success: { 200: 'Aborted' },
    errors: { ...thingErrors, 409: 'The bulk action has already ended.' },
    body: 'optional',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ id: entityId, reason: prose(500).optional() }),
    output: bulkRecord,
  },
);
