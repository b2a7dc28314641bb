import { z } from 'zod';
import { publicErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';

/** One thing the service needs, and whether it has it. */
export const readinessCheck = z
  .object({ name: z.string(), ok: z.boolean(), detail: z.string().optional() })
  .meta({ id: 'ReadinessCheck' });

/** Whether the process should be sent traffic. */
export const readyzContract = defineContract(
  {
    method: 'GET',
    path: '/readyz',
    operationId: 'readyz',
    summary: 'Readiness',
    description:
      'Whether everything needed to serve is there: 503 with the same list of checks when not. A check `containment` says how workers contain the commands they run.',
    tags: ['Health'],
    success: { 200: 'Ready' },
    errors: { ...publicErrors, 503: 'Not ready: `checks` says what is missing.' },
    body: 'none',
    dialect: 'native',
    security: 'none',
  },
  {
    input: z.strictObject({}),
    output: z.object({ status: z.literal('ready'), checks: z.array(readinessCheck) }),
  },
);
