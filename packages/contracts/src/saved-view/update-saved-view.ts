import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { savedView, viewName, viewSearch } from './saved-view.ts';

/** Renames a view or gives it another search. */
export const updateSavedViewContract = defineContract(
  {
    method: 'PATCH',
    path: '/v1/saved-views/{id}',
    operationId: 'updateSavedView',
    summary: 'Change a saved view',
    description: 'Changes what is given and leaves the rest.',
    tags: ['Saved views'],
    success: { 200: 'The view as it is now' },
    errors: { ...thingErrors, 409: 'You have another view of this name.' },
    body: 'required',
    dialect: 'native',
    security: 'person',
    examples: { request: { rename: { name: 'Failed at night' } } },
  },
  {
    input: z
      .strictObject({ id: entityId, name: viewName.optional(), search: viewSearch.optional() })
      .refine(({ name, search }) => name !== undefined || search !== undefined, {
        error: 'must give a name, a search or both',
      }),
    output: savedView,
  },
);
