import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { moment } from '../shape/time.ts';

/** A worker process as it stands now. */
export const worker = z
  .object({
    id: z.string().meta({ description: 'The name its runs are leased under; a run shows it as `worker`' }),
    host: z.string(),
    pid: z.int(),
    version: z.string(),
    slots: z.int().min(0).meta({ description: 'Runs it can work on at once' }),
    tools: z.array(z.string()).meta({ description: 'Programs it has that not every worker has' }),
    state: z.enum(['alive', 'unknown', 'stopped']).meta({
      description:
        '`unknown`: it has not said that it stopped, but was not seen for 90 seconds either. Never taken for alive.',
    }),
    startedAt: moment,
    lastSeenAt: moment,
    stoppedAt: moment.optional(),
    runs: z
      .array(z.object({ id: entityId, operationLabel: z.string(), tenant: z.string().optional() }))
      .meta({ description: 'What it works on now, of the runs you may see' }),
  })
  .meta({ id: 'Worker' });
export type Worker = z.infer<typeof worker>;

/** The workers of the installation. */
export const listWorkersContract = defineContract(
  {
    method: 'GET',
    path: '/v1/workers',
    operationId: 'listWorkers',
    summary: 'List workers',
    description:
      'Worker processes of this installation, those that are alive first. They serve every workspace; of what they work on you see your own.',
    tags: ['Health'],
    success: { 200: 'The workers' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({}),
    output: z.object({
      items: z.array(worker),
      alive: z.int().min(0),
      slots: z.int().min(0).meta({ description: 'Slots of the workers that are alive' }),
      serverTime: moment,
    }),
  },
);
