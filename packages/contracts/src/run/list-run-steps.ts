import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { milliseconds, moment } from '../shape/time.ts';

/** A durable stage of a run. Its result is stored once and read again by a later attempt. */
export const runStep = z
  .object({
    name: z.string(),
    position: z.int().min(0),
    label: z.string(),
    attempt: z.int().min(1),
    state: z.enum(['intent', 'done', 'failed']),
    startedAt: moment,
    finishedAt: moment.optional(),
    durationMs: milliseconds.optional(),
    errorCode: z.string().optional(),
    message: z.string().optional(),
  })
  .meta({ id: 'RunStep' });
export type RunStep = z.infer<typeof runStep>;

/** The steps of a run in their order. */
export const listRunStepsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/runs/{id}/steps',
    operationId: 'listRunSteps',
    summary: 'List the steps of a run',
    description: 'The durable steps of a run in their order, at most a few dozen, so there are no pages.',
    tags: ['Runs'],
    success: { 200: 'The steps' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject({ id: entityId }), output: z.object({ items: z.array(runStep) }) },
);
