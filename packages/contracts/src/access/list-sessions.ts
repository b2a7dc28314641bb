import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { accountSession } from './account-session.ts';

/** Where the caller is signed in. */
export const listSessionsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/account/sessions',
    operationId: 'listSessions',
    summary: 'List your sessions',
    description: 'Where you are signed in, last used first: the newest 100, and how many there are in all.',
    tags: ['Account'],
    success: { 200: 'Your sessions' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'person',
  },
  {
    input: z.strictObject({}),
    output: z.object({ items: z.array(accountSession), total: z.int().min(0) }),
  },
);
