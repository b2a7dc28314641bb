import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { page, pageQuery } from '../shape/page.ts';
import { usedConnection } from './connection.ts';

/** Provider connections of the workspace the caller may see. */
export const listConnectionsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/connections',
    operationId: 'listConnections',
    summary: 'List provider connections',
    description:
      'Provider connections of the tenants you are entitled to, with their health and who works through them. Never a secret.',
    tags: ['Connections'],
    success: { 200: 'A page of connections' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      ...pageQuery,
      tenantId: entityId.optional(),
      only: z.enum(['unhealthy']).optional().meta({
        description:
          '`unhealthy`: enabled connections that do not work as they are, or that nobody has checked',
      }),
    }),
    output: page(usedConnection),
  },
);
