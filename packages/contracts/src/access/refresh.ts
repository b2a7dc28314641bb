import { z } from 'zod';
import { publicErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';

/** Replaces a bearer token by its successor, in the envelope of the provisioning contract. */
export const refreshContract = defineContract(
  {
    method: 'POST',
    path: '/auth/refresh',
    operationId: 'refreshToken',
    summary: 'Refresh token',
    description:
      'Answers the successor of a token. The token itself is the credential and may have expired, as long as its session lives: 12 hours without use, 7 days at most. For 10 seconds the old token keeps working and gets the same successor again; after that it ends the session, since somebody else may hold it.',
    tags: ['Authentication'],
    success: { 200: 'Token refreshed' },
    errors: {
      ...publicErrors,
      401: 'Not a token of a live session, or one that was replaced before.',
      403: 'The request came from a page of another site.',
    },
    body: 'required',
    dialect: 'provisioning',
    security: 'none',
  },
  {
    // The contract does not refuse unknown fields here.
    input: z.object({
      token: z.string().min(1).max(8_192).meta({ description: 'Current JWT token' }),
    }),
    output: z.object({
      success: z.literal(true),
      data: z
        .object({
          token: z.string().meta({ description: 'JWT, to send as `Authorization: Bearer`' }),
          expires_at: z.iso.datetime(),
        })
        .meta({ id: 'RefreshedToken' }),
    }),
  },
);
