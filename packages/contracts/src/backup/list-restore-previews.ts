import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { page, pageQuery } from '../shape/page.ts';
import { restorePreview } from './restore-preview.ts';

/** Succeeded previews a restore could use, newest first. */
export const listRestorePreviewsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/restore-previews',
    operationId: 'listRestorePreviews',
    summary: 'List restore previews',
    description: 'Succeeded previews of the tenants you are entitled to, newest first.',
    tags: ['Backups'],
    success: { 200: 'A page of previews' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ ...pageQuery, tenantId: entityId.optional() }), output: page(restorePreview) },
);
