import { tiers } from '@signalbox/domain/workspace/tiers';
import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { workspaceId } from '../shape/ids.ts';

/** Usage and limit of the selected workspace, in the words of the runs contract. */
export const getUsageContract = defineContract(
  {
    method: 'GET',
    path: '/usage',
    operationId: 'getUsage',
    summary: 'Usage',
    description:
      'Runs of this calendar month (UTC) that count, and how many the tier gives. `GET /v1/usage` tells who used them and when.',
    tags: ['Workspaces'],
    success: { 200: 'Usage of the month' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'runs',
    security: 'caller',
    examples: {
      response: {
        200: { workspace_id: 'ws-default', period: '2026-03-01', runs: 4, limit: 10, tier: 'free' },
      },
    },
  },
  {
    input: z.strictObject({}),
    output: z
      .object({
        workspace_id: workspaceId,
        period: z.iso.date().meta({ description: 'First day of the month in UTC' }),
        runs: z.int().min(0),
        limit: z.int().min(0),
        tier: z.enum(tiers),
      })
      .meta({ id: 'Usage' }),
  },
);
