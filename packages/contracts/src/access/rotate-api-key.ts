import { longestOverlapHours } from '@signalbox/domain/access/api-key';
import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { apiKeyId, shownApiKey } from './api-key.ts';

/** Gives a key a new secret. */
export const rotateApiKeyContract = defineContract(
  {
    method: 'POST',
    path: '/v1/api-keys/{id}/rotate',
    operationId: 'rotateApiKey',
    summary: 'Give an API key a new secret',
    description:
      'The key keeps its id, name, capabilities and end. The new `key` is shown in this answer and never again; the old one works beside it for `overlapHours`, 24 unless you say otherwise, and with 0 it ends at once. You must hold what the key may do.',
    tags: ['API keys'],
    success: { 200: 'Rotated: keep `key` now' },
    errors: { ...thingErrors, 409: 'The key is revoked or has expired.' },
    body: 'optional',
    dialect: 'native',
    security: 'caller',
    examples: { request: { atOnce: { overlapHours: 0 } } },
  },
  {
    input: z.strictObject({
      id: apiKeyId,
      overlapHours: z.int().min(0).max(longestOverlapHours).default(24),
    }),
    output: shownApiKey,
  },
);
