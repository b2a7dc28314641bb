import { longestKeyDays, mostLiveKeys } from '@signalbox/domain/access/api-key';
import { capabilities } from '@signalbox/domain/access/capabilities';
import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { apiKeyName, shownApiKey } from './api-key.ts';

/** Makes a key. */
export const createApiKeyContract = defineContract(
  {
    method: 'POST',
    path: '/v1/api-keys',
    operationId: 'createApiKey',
    summary: 'Make an API key',
    description:
      'Makes a key for a program. It may do what you name and nothing else, and you can name only what you may do yourself. `key` is shown in this answer and never again. Only a person can make a key that acts for members.',
    tags: ['API keys'],
    success: { 201: 'Made: keep `key` now' },
    errors: {
      ...sessionErrors,
      409: `A key that is not revoked has this name, or the workspace has ${mostLiveKeys} keys.`,
    },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    responseHeaders: {
      Location: {
        description: 'Where the key can be read, without its secret.',
        schema: { type: 'string', format: 'uri-reference' },
        statuses: [201],
      },
    },
    examples: {
      request: {
        ci: {
          name: 'nightly captures',
          capabilities: ['run.read', 'run.start.snapshot_capture'],
          expiresInDays: 90,
        },
      },
    },
  },
  {
    input: z.strictObject({
      name: apiKeyName,
      capabilities: z.array(z.enum(capabilities)).min(1).max(100),
      mayActFor: z.boolean().default(false).meta({
        description:
          'Lets `X-User-Id` or `X-Actor` name a member: the call then does what both the key and they may',
      }),
      expiresInDays: z
        .int()
        .min(1)
        .max(longestKeyDays)
        .optional()
        .meta({ description: 'Left out, the key ends when it is revoked', example: 90 }),
    }),
    output: shownApiKey,
  },
);
