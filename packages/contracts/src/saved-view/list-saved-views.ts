import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { savedView, viewPage } from './saved-view.ts';

/** The caller's own views of a page. */
export const listSavedViewsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/saved-views',
    operationId: 'listSavedViews',
    summary: 'List your saved views',
    description: 'The views you kept of a page, in the order you made them. Other members do not see them.',
    tags: ['Saved views'],
    success: { 200: 'Your views' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'person',
  },
  {
    input: z.strictObject({ page: viewPage.default('runs') }),
    output: z.object({ items: z.array(savedView) }),
  },
);
