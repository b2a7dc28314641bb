import { roles } from '@signalbox/domain/access/capabilities';
import { z } from 'zod';
import { publicErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';

/** An account of a demo installation, offered on the sign-in page. */
export const demoAccount = z
  .object({
    username: z.string(),
    role: z.enum(roles),
    workspaceId: z.string(),
    password: z.string().optional(),
  })
  .meta({ id: 'DemoAccount' });

/** What the sign-in page may offer. Lists accounts on a demo only. */
export const getSignInOptionsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/sign-in-options',
    operationId: 'getSignInOptions',
    summary: 'What the sign-in page offers',
    description:
      'On a demo: its accounts, their roles and their shared password. Elsewhere the list is empty. Until the first owner is made, `setupNeeded` says so.',
    tags: ['Session'],
    success: { 200: 'Sign-in options' },
    errors: publicErrors,
    body: 'none',
    dialect: 'native',
    security: 'none',
  },
  {
    input: z.strictObject({}),
    output: z.object({
      demo: z.boolean(),
      accounts: z.array(demoAccount),
      setupNeeded: z.boolean().meta({ description: 'Nobody exists yet: the server printed a set-up link' }),
    }),
  },
);
