import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { workspace } from './workspace.ts';

/** One workspace of the caller. */
export const getWorkspaceContract = defineContract(
  {
    method: 'GET',
    path: '/workspaces/{id}',
    operationId: 'getWorkspace',
    summary: 'Get workspace',
    description:
      'One of your workspaces, whichever is selected. One that you are no member of is the same as none.',
    tags: ['Workspaces'],
    success: { 200: 'The workspace' },
    errors: thingErrors,
    body: 'none',
    dialect: 'runs',
    security: 'caller',
  },
  { input: z.strictObject({ id: z.string() }), output: workspace },
);
