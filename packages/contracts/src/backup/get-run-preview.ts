import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { previewItem, restorePreview } from './restore-preview.ts';

/** What a preview run found, item by item. */
export const getRunPreviewContract = defineContract(
  {
    method: 'GET',
    path: '/v1/runs/{id}/preview',
    operationId: 'getRunPreview',
    summary: 'Get the preview a run made',
    description: 'What a restore would do to each item. 404 when the run is no succeeded preview.',
    tags: ['Backups'],
    success: { 200: 'The preview' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({ id: entityId }),
    output: z.object({ preview: restorePreview, items: z.array(previewItem) }),
  },
);
