import { z } from 'zod';
import { idempotencyHeaders, startErrors, startHeaders } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { key } from '../shape/text.ts';
import { adminRunStartResponse, adminRunTypes } from './run-record.ts';

/** Starts a backup or restore operation of a tenant, in the words of the admin-runs contract. */
export const adminStartRunContract = defineContract(
  {
    method: 'POST',
    path: '/admin/t/{tenantExternalId}/runs/{runType}',
    operationId: 'startRun',
    summary: 'Start a background run',
    description:
      'Starts an operation by creating (or reusing) a run and enqueueing its work; answers at once. `targetObjectId` and `itemIds` are: for a capture a policy and none, for adding policies a backup set and policies, for a preview a backup set and items, for a restore a preview run and items. Without a body: all policies, the only set, the newest complete set, the newest fresh preview.',
    tags: ['Admin runs'],
    success: { 201: 'Run created and queued', 200: 'Existing active run reused' },
    errors: startErrors,
    body: 'optional',
    dialect: 'admin-runs',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: startHeaders,
    examples: {
      request: {
        everything: {},
        chosen: { targetObjectId: '3', itemIds: ['11', '12'] },
      },
    },
  },
  {
    input: z.strictObject({
      tenantExternalId: z.string().min(1),
      // Asked after visibility, so a bad type in a tenant the caller cannot see is still 404.
      runType: z.enum(adminRunTypes),
      targetObjectId: key(200)
        .nullable()
        .optional()
        .meta({ description: 'Operation target used for de-duplication.' }),
      payloadHash: key(200)
        .nullable()
        .optional()
        .meta({ description: 'Optional stable hash of the payload, part of the de-duplication key.' }),
      itemIds: z
        .array(key(200))
        .max(5_000)
        .nullable()
        .optional()
        .meta({ description: 'Optional internal item ids to process.' }),
    }),
    output: adminRunStartResponse,
  },
);
