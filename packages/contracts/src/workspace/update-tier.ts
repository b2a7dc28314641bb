import { tiers } from '@signalbox/domain/workspace/tiers';
import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { workspace } from './workspace.ts';

/** Sets the tier of a workspace: by the secret of the billing system where there is one, else by an owner. */
export const updateTierContract = defineContract(
  {
    method: 'PATCH',
    path: '/workspaces/{id}/tier',
    operationId: 'updateWorkspaceTier',
    summary: 'Update workspace tier',
    description:
      'Sets the tier, which holds from the next run on: free has 10 runs a month, pro 1,000. Where `WORKSPACE_TIER_UPDATE_SECRET` is set, a right `X-Webhook-Secret` is the only credential: it needs no token, and without it even an owner is 403. Where it is not set, an owner may, with a fresh code if they have a second factor.',
    tags: ['Workspaces'],
    success: { 200: 'Updated: the workspace as it is now' },
    errors: {
      ...thingErrors,
      403: 'The secret is missing or wrong; or, where none is set, the caller lacks the capability or a fresh code.',
    },
    body: 'required',
    dialect: 'runs',
    security: 'secret',
    requestHeaders: {
      'X-Webhook-Secret': {
        description: 'The shared secret, where one is set.',
        schema: { type: 'string', maxLength: 1_024 },
      },
    },
    examples: { request: { upgrade: { tier: 'pro' } } },
  },
  {
    // The contract does not refuse unknown fields here.
    input: z.object({ id: z.string(), tier: z.enum(tiers) }),
    output: workspace,
  },
);
