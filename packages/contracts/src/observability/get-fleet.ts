import { healthComponents, healthLevels } from '@signalbox/domain/observability/health';
import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { moment } from '../shape/time.ts';
import { worker } from './list-workers.ts';

const count = z.int().min(0);

/** One part of the installation, judged by its threshold. */
export const fleetComponent = z
  .object({
    component: z.enum(healthComponents),
    level: z.enum(healthLevels),
    text: z.string().meta({ description: 'The level and, where it is not the best, why' }),
    value: z
      .number()
      .nullable()
      .meta({ description: 'What was read, in `unit`; null where it could not be' }),
    what: z.string().meta({ description: 'What the value says', example: 'answers within' }),
    unit: z.string().meta({ example: 'ms' }),
    warning: z.number().meta({ description: 'A warning from this value on' }),
    critical: z
      .number()
      .nullable()
      .meta({ description: 'Critical from this value on; null where it is never worse than a warning' }),
    fewerIsWorse: z.boolean().meta({ description: 'True where a small value is the bad one' }),
  })
  .meta({ id: 'FleetComponent' });
export type FleetComponent = z.infer<typeof fleetComponent>;

/** Runs of one operation that wait or went through lately. */
export const fleetQueue = z
  .object({
    operation: z.string(),
    operationLabel: z.string(),
    depth: count.meta({ description: 'Queued runs; 1,000 stands for that many or more' }),
    retrying: count.meta({
      description: 'Of them, those that wait for their next attempt or for a throttle',
    }),
    oldestDueSeconds: z
      .number()
      .min(0)
      .nullable()
      .meta({ description: 'How long the oldest that may begin has waited; null when none may' }),
    running: count,
    begun: count.meta({ description: 'Made in the last five minutes' }),
    ended: count.meta({ description: 'Ended in the last five minutes, however' }),
    failed: count.meta({ description: 'Of those that ended, failed or partly failed' }),
  })
  .meta({ id: 'FleetQueue' });
export type FleetQueue = z.infer<typeof fleetQueue>;

/** How well the installation is, who works, and what waits. */
export const getFleetContract = defineContract(
  {
    method: 'GET',
    path: '/v1/fleet',
    operationId: 'getFleet',
    summary: 'Get the fleet',
    description:
      'How well the installation is, part by part with the thresholds it is judged by, its workers, and what waits for them. Runs are those of this workspace you may see.',
    tags: ['Health'],
    success: { 200: 'The fleet' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({}),
    output: z.object({
      overall: z.enum(healthLevels),
      components: z.array(fleetComponent),
      workers: z.array(worker),
      alive: count,
      slots: count.meta({ description: 'Slots of the workers that are alive' }),
      versions: z.array(z.string()).meta({ description: 'Of the workers that are alive' }),
      missingTools: z
        .array(z.object({ tool: z.string(), provider: z.string() }))
        .meta({ description: 'Programs that a connection of the workspace needs and no live worker has' }),
      queues: z
        .array(fleetQueue)
        .meta({ description: 'The ones with something in them, the oldest wait first' }),
      checkedAt: moment,
    }),
  },
);
export type Fleet = z.infer<typeof getFleetContract.output>;
