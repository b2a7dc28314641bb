import { capabilities } from '@signalbox/domain/access/capabilities';
import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { workspaceId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

/** Whoever calls, in the words of what they may do. */
export const caller = z
  .object({
    kind: z.enum(['user', 'api_key']),
    workspaceId,
    username: z.string().optional().meta({
      description: 'The person; with an API key, the one it acts for. Absent for a key that acts for nobody',
    }),
    apiKey: z
      .object({
        id: z.string(),
        name: z.string(),
        mayActFor: z.boolean(),
        expiresAt: moment.optional(),
      })
      .optional(),
    allTenants: z
      .boolean()
      .meta({ description: 'False when only some tenants of the workspace can be seen' }),
    capabilities: z.array(z.enum(capabilities)),
  })
  .meta({ id: 'Caller' });
export type CallerFacts = z.infer<typeof caller>;

/** What a credential is good for. */
export const getCallerContract = defineContract(
  {
    method: 'GET',
    path: '/v1/caller',
    operationId: 'getCaller',
    summary: 'Who is calling',
    description:
      'What the credential of this call is, in which workspace, and what it may do there: for programs with an API key, which have no `GET /v1/me`. It asks for no capability.',
    tags: ['API keys'],
    success: { 200: 'The caller' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({}), output: caller },
);
