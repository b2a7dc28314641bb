import { providerTraits, serverProviders } from '@signalbox/domain/connection/providers';
import { z } from 'zod';
import { idempotencyHeaders, thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { connection } from './connection.ts';
import {
  clientSecret,
  connectionLabel,
  credentialExpiry,
  serverAccount,
  serverRegion,
} from './connection-parts.ts';

/** Adds a connection of the workspace as a whole to a provider of servers. */
export const createServerConnectionContract = defineContract(
  {
    method: 'POST',
    path: '/v1/server-connections',
    operationId: 'createServerConnection',
    summary: 'Add a connection to a provider of servers',
    description:
      'Adds a way to a provider of servers, for all infras of the workspace that name the provider. The secret is sealed and never shown again; it may be given later. `local` and `terraform` ask for none. The first connection to a provider is its default unless you say otherwise. Health is unknown until the first check.',
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
        upcloud: { provider: 'upcloud', label: 'UpCloud production', account: 'signalbox-api' },
      },
    },
  },
  {
    input: z
      .strictObject({
        provider: z.enum(serverProviders),
        label: connectionLabel,
        account: serverAccount.optional(),
        region: serverRegion.optional(),
        secret: clientSecret.optional(),
        credentialExpiresAt: credentialExpiry.optional(),
        isDefault: z.boolean().optional(),
      })
      .refine(({ provider, account }) => !providerTraits[provider].credential || account !== undefined, {
        path: ['account'],
        error: 'is needed by this provider',
      })
      .refine(({ provider, region }) => (provider === 'aws') === (region !== undefined), {
        path: ['region'],
        error: 'belongs to aws, which needs it',
      })
      .refine(
        ({ provider, account, secret }) =>
          providerTraits[provider].credential || (account === undefined && secret === undefined),
        { path: ['secret'], error: 'is not asked for by this provider' },
      )
      .refine((given) => given.secret !== undefined || given.credentialExpiresAt === undefined, {
        path: ['credentialExpiresAt'],
        error: 'belongs to a secret',
      }),
    output: connection,
  },
);
