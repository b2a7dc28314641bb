import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { savedView } from './saved-view.ts';

/** Removes a view. */
export const deleteSavedViewContract = defineContract(
  {
    method: 'DELETE',
    path: '/v1/saved-views/{id}',
    operationId: 'deleteSavedView',
    summary: 'Delete a saved view',
    description: 'Removes the view and answers it as it was, so that it can be made again.',
    tags: ['Saved views'],
    success: { 200: 'The view that is gone' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'person',
  },
  { input: z.strictObject({ id: entityId }), output: savedView },
);
