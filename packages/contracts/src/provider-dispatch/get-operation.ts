import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { providerRunDetail, runDetailMedia } from './run-detail.ts';

/** A run in the words of the provider-dispatch contract; as a page, that of the console. */
export const getOperationContract = defineContract(
  {
    method: 'GET',
    path: '/admin/operations/{run}',
    operationId: 'getProviderOperation',
    summary: 'Canonical provider-backed operation run detail',
    description:
      'A run: how far it is, what it came to, what it holds, and what you can do next. As `text/html` it is the page of the console.',
    tags: ['Provider dispatch'],
    success: { 200: 'The run' },
    errors: thingErrors,
    body: 'none',
    dialect: 'provider-dispatch',
    media: runDetailMedia,
    security: 'caller',
  },
  { input: z.strictObject({ run: entityId }), output: providerRunDetail },
);
