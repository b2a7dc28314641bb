import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { connection } from './connection.ts';
import { clientId, clientSecret, credentialExpiry, serverAccount } from './connection-parts.ts';

/** Gives a connection a new credential. */
export const setCredentialContract = defineContract(
  {
    method: 'PUT',
    path: '/v1/connections/{id}/credential',
    operationId: 'setConnectionCredential',
    summary: 'Give a provider connection a new credential',
    description:
      'Seals a new secret; the old one is gone for good. Health is unknown until the next check. Runs under way go on with what they opened. Another `clientId` is another application: its consent and permissions are unknown as well. For a provider of servers `clientSecret` is the password or the secret access key, and `account` names who signs in.',
    tags: ['Connections'],
    success: { 200: 'The connection as it is now' },
    errors: thingErrors,
    body: 'required',
    dialect: 'native',
    security: 'caller',
    examples: {
      request: {
        rotate: {
          clientSecret: 'the-new-secret-of-the-application',
          credentialExpiresAt: '2030-06-30T00:00:00Z',
        },
      },
    },
  },
  {
    input: z.strictObject({
      id: entityId,
      clientSecret,
      clientId: clientId.optional(),
      account: serverAccount.optional(),
      credentialExpiresAt: credentialExpiry
        .optional()
        .meta({ description: 'When the new secret expires at the provider; left out, that is not known' }),
    }),
    output: connection,
  },
);
