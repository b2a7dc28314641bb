import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { savedView, viewName, viewPage, viewSearch } from './saved-view.ts';

/** Keeps a view under a name. */
export const createSavedViewContract = defineContract(
  {
    method: 'POST',
    path: '/v1/saved-views',
    operationId: 'createSavedView',
    summary: 'Save a view',
    description:
      'Keeps the search string of a page under a name, for you alone. Relative ranges such as `last=24h` stay relative.',
    tags: ['Saved views'],
    success: { 201: 'Saved' },
    errors: { ...sessionErrors, 409: 'You have a view of this name, or as many views as may be kept.' },
    body: 'required',
    dialect: 'native',
    security: 'person',
    examples: { request: { failed: { page: 'runs', name: 'Failed', search: '?status=failed&last=24h' } } },
  },
  { input: z.strictObject({ page: viewPage, name: viewName, search: viewSearch }), output: savedView },
);
