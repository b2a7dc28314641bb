import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { connection } from './connection.ts';

/** Makes a connection the default of its tenant and provider. */
export const makeDefaultConnectionContract = defineContract(
  {
    method: 'POST',
    path: '/v1/connections/{id}/default',
    operationId: 'makeDefaultConnection',
    summary: 'Make a provider connection the default',
    description:
      'Starts that name no connection go through the default. The connection that was the default ceases to be it in the same moment; of two at once the later one stays.',
    tags: ['Connections'],
    success: { 200: 'The connection, which is the default now' },
    errors: { ...thingErrors, 409: 'The connection is disabled, so every start would be refused.' },
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: connection },
);
