import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { connection } from './connection.ts';

/** Lets work start through a connection again. */
export const enableConnectionContract = defineContract(
  {
    method: 'POST',
    path: '/v1/connections/{id}/enable',
    operationId: 'enableConnection',
    summary: 'Enable a provider connection',
    description: 'Work may start through the connection again. What is known of its health stays as it was.',
    tags: ['Connections'],
    success: { 200: 'The connection, which is enabled now' },
    errors: { ...thingErrors, 409: 'The connection is enabled already.' },
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: connection },
);
