import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { nativeWorkspace, workspaceName } from './workspace.ts';

/** Changes the settings of a workspace. */
export const updateWorkspaceContract = defineContract(
  {
    method: 'PATCH',
    path: '/v1/workspaces/{id}',
    operationId: 'updateWorkspace',
    summary: 'Rename a workspace',
    description: 'Gives a workspace another name. Its id stays, and so does every link.',
    tags: ['Workspaces'],
    success: { 200: 'The workspace as it is now' },
    errors: thingErrors,
    body: 'required',
    dialect: 'native',
    security: 'caller',
    examples: { request: { rename: { name: 'Platform team' } } },
  },
  { input: z.strictObject({ id: z.string(), name: workspaceName }), output: nativeWorkspace },
);
