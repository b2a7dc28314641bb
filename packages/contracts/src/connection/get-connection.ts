import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { connectionDetail } from './connection.ts';

/** One provider connection. */
export const getConnectionContract = defineContract(
  {
    method: 'GET',
    path: '/v1/connections/{id}',
    operationId: 'getConnection',
    summary: 'Get a provider connection',
    description:
      'What works through the connection and what does not, granted and missing permissions, what is wrong with what you can do about it, and who uses it. Never a secret.',
    tags: ['Connections'],
    success: { 200: 'The connection' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: connectionDetail },
);
