import { quotaLevels } from '@signalbox/domain/workspace/quota';
import { tiers } from '@signalbox/domain/workspace/tiers';
import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { workspaceId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

const period = z.string().meta({ description: 'First day of the month in UTC', example: '2026-03-01' });
const runs = z.int().min(0);
const initiator = z.enum(['user', 'api_key']);

/** What a workspace has used in this month, by whom and on which days, and what the tiers give. */
export const usageReport = z
  .object({
    workspaceId,
    name: z.string(),
    tier: z.enum(tiers),
    tierChangedBy: z.enum(['owner', 'secret']).meta({
      description: '`secret`: the tier is set by another system, which holds the shared secret',
    }),
    period,
    now: moment.meta({ description: 'The clock of the database, by which the month ends' }),
    resetsAt: moment,
    runs,
    limit: runs,
    level: z.enum(quotaLevels).meta({ description: '`near` from 80 % of the limit on' }),
    projection: z
      .object({ runsAtEnd: runs, reachedAt: moment.optional() })
      .optional()
      .meta({ description: 'What the month comes to at the pace so far; absent while there is none' }),
    byDay: z
      .array(z.object({ day: z.iso.date(), runs }))
      .meta({ description: 'Days in UTC on which runs were counted' }),
    byMember: z.array(z.object({ name: z.string(), kind: initiator, runs })),
    byOperation: z.array(z.object({ operation: z.string(), label: z.string(), runs })),
    counted: z
      .array(z.object({ day: z.iso.date(), name: z.string(), kind: initiator, operation: z.string(), runs }))
      .meta({ description: 'The same by day, person and operation, for a table' }),
    refused: runs.meta({ description: 'Starts refused in this month because the limit was reached' }),
    limits: z
      .array(z.object({ tier: z.enum(tiers), runsPerMonth: runs }))
      .meta({ description: 'What each tier gives' }),
  })
  .meta({ id: 'UsageReport' });
export type UsageReport = z.infer<typeof usageReport>;

/** Usage in detail. */
export const getUsageReportContract = defineContract(
  {
    method: 'GET',
    path: '/v1/usage',
    operationId: 'getUsageReport',
    summary: 'Usage in detail',
    description:
      'Runs that count in this month, with the limit, when the count begins anew, where the pace leads, who used how many on which day, and how many starts were refused. Counted are runs made by `POST /runs` and their replays; nothing else is.',
    tags: ['Workspaces'],
    success: { 200: 'Usage of the month' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({}), output: usageReport },
);
