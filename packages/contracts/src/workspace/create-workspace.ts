import { mostOwnedWorkspaces } from '@signalbox/domain/workspace/owned-workspaces';
import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { workspace, workspaceName } from './workspace.ts';

const { 400: bad, 401: nobody, 403: forbidden, 404: foreign, 429: often, 503: away } = sessionErrors;

/** Makes a workspace, whose owner is whoever makes it. */
export const createWorkspaceContract = defineContract(
  {
    method: 'POST',
    path: '/workspaces',
    operationId: 'createWorkspace',
    summary: 'Create workspace',
    description: `Makes a workspace on the free tier. Any signed-in person may, and becomes its owner; an API key belongs to one workspace and makes none. The \`id\` is what \`X-Workspace-Id\` takes from then on. One person owns at most ${mostOwnedWorkspaces} workspaces.`,
    tags: ['Workspaces'],
    success: { 201: 'Created' },
    errors: {
      400: bad,
      401: nobody,
      403: `${forbidden} Also: an API key asked.`,
      404: foreign,
      409: `You own ${mostOwnedWorkspaces} workspaces already.`,
      429: often,
      503: away,
    },
    body: 'optional',
    dialect: 'runs',
    security: 'person',
    responseHeaders: {
      Location: {
        description: 'Where the workspace can be read.',
        schema: { type: 'string', format: 'uri-reference' },
        statuses: [201],
      },
    },
    examples: {
      request: { named: { name: 'Platform team' } },
      response: {
        201: {
          id: 'ws-7f3a1c09b2d45e68',
          name: 'Platform team',
          tier: 'free',
          created_at: '2026-03-14T02:15:00.000Z',
        },
      },
    },
  },
  {
    // The contract does not refuse unknown fields here.
    input: z.object({
      name: workspaceName.optional().meta({ description: 'Display name; left out, `My Workspace`' }),
    }),
    output: workspace,
  },
);
