import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { page, pageQuery } from '../shape/page.ts';
import { bulkRecord } from './bulk-record.ts';

/** Bulk actions of the workspace, newest first, by keyset over (created, id). */
export const listBulksContract = defineContract(
  {
    method: 'GET',
    path: '/v1/bulk-actions',
    operationId: 'listBulkActions',
    summary: 'List bulk actions',
    description: 'Bulk actions on runs that you may see, newest first.',
    tags: ['Bulk actions'],
    success: { 200: 'A page of bulk actions' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ ...pageQuery }), output: page(bulkRecord) },
);
