import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { me } from './me.ts';

/** The signed-in caller. */
export const getMeContract = defineContract(
  {
    method: 'GET',
    path: '/v1/me',
    operationId: 'getMe',
    summary: 'Who am I',
    description:
      'The signed-in user, their workspaces with their role in each, and their capabilities in the current one.',
    tags: ['Session'],
    success: { 200: 'The caller' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'person',
  },
  { input: z.strictObject({}), output: me },
);
