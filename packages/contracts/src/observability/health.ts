import { z } from 'zod';
import { publicErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';

/** That the service answers, in words that satisfy both reference contracts with a `/health`. */
export const healthContract = defineContract(
  {
    method: 'GET',
    path: '/health',
    operationId: 'health',
    summary: 'Health check',
    description: 'That the process answers. Real liveness and readiness are `/livez` and `/readyz`.',
    tags: ['Health'],
    success: { 200: 'Service is healthy' },
    errors: publicErrors,
    body: 'none',
    dialect: 'provisioning',
    security: 'none',
  },
  {
    input: z.strictObject({}),
    output: z.object({
      success: z.literal(true),
      data: z.literal('Orchestrator is healthy'),
      status: z.literal('ok'),
      service: z.literal('signalbox'),
    }),
  },
);
