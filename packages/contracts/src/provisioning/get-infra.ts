import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { infraRecord } from './infra-record.ts';

/** One infra. */
export const getInfraContract = defineContract(
  {
    method: 'GET',
    path: '/v1/infras/{name}',
    operationId: 'getInfra',
    summary: 'Read an infra',
    description: 'An infra with its settings file, what is read of it, and what stands.',
    tags: ['Infras'],
    success: { 200: 'The infra' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ name: z.string() }), output: infraRecord },
);
