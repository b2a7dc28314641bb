import { tenantProviders } from '@signalbox/domain/connection/providers';
import { z } from 'zod';
import { idempotencyHeaders, thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { connection } from './connection.ts';
import { clientId, clientSecret, connectionLabel, credentialExpiry } from './connection-parts.ts';

/** Adds a provider connection to a tenant. */
export const createConnectionContract = defineContract(
  {
    method: 'POST',
    path: '/v1/connections',
    operationId: 'createConnection',
    summary: 'Add a provider connection',
    description:
      'Adds a way to the provider of a tenant. The secret is sealed and never shown again; it may be given later. The first connection of a tenant to a provider is its default unless you say otherwise; with `isDefault` it takes the place of the default there is. Consent and health are unknown until the first check.',
    tags: ['Connections'],
    success: { 201: 'Added' },
    errors: {
      ...thingErrors,
      409: 'A request with the same `Idempotency-Key` is still in flight.',
      422: 'The `Idempotency-Key` was used before with another body.',
    },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: {
      Location: {
        description: 'Where the connection can be read.',
        schema: { type: 'string', format: 'uri-reference' },
        statuses: [201],
      },
    },
    examples: {
      request: {
        contoso: {
          tenantId: 1,
          provider: 'graph',
          label: 'Contoso Graph',
          clientId: 'b7f6a3de-2a0f-4f1e-9a64-6f0c8d1e5b01',
        },
      },
    },
  },
  {
    input: z
      .strictObject({
        tenantId: entityId,
        provider: z.enum(tenantProviders),
        label: connectionLabel,
        clientId,
        clientSecret: clientSecret.optional(),
        credentialExpiresAt: credentialExpiry.optional(),
        isDefault: z.boolean().optional(),
      })
      .refine((given) => given.clientSecret !== undefined || given.credentialExpiresAt === undefined, {
        path: ['credentialExpiresAt'],
        error: 'belongs to a clientSecret',
      }),
    output: connection,
  },
);
