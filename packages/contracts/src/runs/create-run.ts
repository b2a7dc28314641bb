import { z } from 'zod';
import { idempotencyHeaders, startErrors, startHeaders } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { userIntent } from '../operation/deployment.ts';
import { name } from '../shape/text.ts';

const { 409: _, ...errors } = startErrors;

/** The id of a run in the runs contract: its uuid, written differently. */
export const runsRunId = z
  .string()
  .regex(/^req-[0-9a-f]{12}-[0-9a-f]{20}$/)
  .meta({ description: 'Run id', example: 'req-0198f2a05c1e-7d3a9b540f6c2b7a9e11' });

/** Creates a deployment, in the words of the runs contract. */
export const createDeploymentContract = defineContract(
  {
    method: 'POST',
    path: '/runs',
    operationId: 'createDeployment',
    summary: 'Create run',
    description:
      'Creates a deployment from what is wanted, in words. It is `pending` until it is started, and holds nothing until then. Each one counts against the limit of the workspace for the calendar month in UTC; at the limit the answer is 402 and nothing is created.',
    tags: ['Deployments'],
    success: { 201: 'Created' },
    errors: {
      ...errors,
      409: 'A request with the same `Idempotency-Key` is still in flight.',
      402: 'The limit of this month is reached: `current`, `limit` and `period` say how far.',
    },
    body: 'required',
    dialect: 'runs',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: { Location: startHeaders.Location },
    examples: {
      request: {
        site: {
          user_intent: {
            description: 'Deploy a Next.js app',
            target: 'production',
            constraints: 'free tier only',
          },
          codename: 'blue-harbour',
          tags: ['web', 'nightly'],
          require_approval: false,
        },
      },
      response: { 201: { run_id: 'req-0198f2a05c1e-7d3a9b540f6c2b7a9e11' } },
    },
  },
  {
    // The contract does not refuse unknown fields here.
    input: z.object({
      user_intent: userIntent,
      codename: name(60)
        .optional()
        .meta({ description: 'A name of your own; left out, it is given one', example: 'blue-harbour' }),
      tags: z
        .array(name(60))
        .max(20)
        .optional()
        .meta({ description: 'Words to find it by; the same one twice counts once' }),
      require_approval: z
        .boolean()
        .default(false)
        .meta({ description: 'Whether it waits for an approval before it is published' }),
    }),
    output: z.object({ run_id: runsRunId }),
  },
);
