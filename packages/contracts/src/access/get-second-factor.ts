import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { secondFactor } from './second-factor.ts';

/** Whether the caller has a second factor. */
export const getSecondFactorContract = defineContract(
  {
    method: 'GET',
    path: '/v1/account/mfa',
    operationId: 'getSecondFactor',
    summary: 'Read your second factor',
    description: 'Whether you have a second factor, and how many recovery codes are left.',
    tags: ['Account'],
    success: { 200: 'Your second factor' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'person',
  },
  {
    input: z.strictObject({}),
    output: secondFactor,
  },
);
