import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { prose } from '../shape/text.ts';
import { connection } from './connection.ts';

/** Lets nothing more start through a connection. */
export const disableConnectionContract = defineContract(
  {
    method: 'POST',
    path: '/v1/connections/{id}/disable',
    operationId: 'disableConnection',
    summary: 'Disable a provider connection',
    description:
      'Nothing starts through the connection any more: starts are refused with `connection_disabled`, also those on their way. Runs under way finish; what is planned fails when its turn comes.',
    tags: ['Connections'],
    success: { 200: 'The connection, which is disabled now' },
    errors: { ...thingErrors, 409: 'The connection is disabled already.' },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    examples: { request: { leaving: { reason: 'The customer moves to another application.' } } },
  },
  {
    input: z.strictObject({
      id: entityId,
      reason: prose(500).meta({ description: 'Shown with the connection and kept in the audit log' }),
    }),
    output: connection,
  },
);
