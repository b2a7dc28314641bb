import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { connection } from './connection.ts';
import { connectionLabel } from './connection-parts.ts';

/** Renames a provider connection. */
export const updateConnectionContract = defineContract(
  {
    method: 'PATCH',
    path: '/v1/connections/{id}',
    operationId: 'updateConnection',
    summary: 'Rename a provider connection',
    description: 'Gives a provider connection another label.',
    tags: ['Connections'],
    success: { 200: 'The connection as it is now' },
    errors: thingErrors,
    body: 'required',
    dialect: 'native',
    security: 'caller',
    examples: { request: { rename: { label: 'Contoso Graph, read only' } } },
  },
  { input: z.strictObject({ id: entityId, label: connectionLabel }), output: connection },
);
