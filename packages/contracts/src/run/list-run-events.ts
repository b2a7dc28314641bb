import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { largestPageSize } from '../shape/page.ts';
import { eventSeq, runEvent } from './events.ts';

/** A run's history after a given event, oldest first, without gap or repeat. */
export const listRunEventsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/runs/{id}/events',
    operationId: 'listRunEvents',
    summary: 'Read the events of a run',
    description:
      'Events after the number `after`, oldest first. Ask again with the last number you got to follow a run without gap or repeat.',
    tags: ['Runs'],
    success: { 200: 'Events after the given number' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'caller',
  },
  {
    input: z.strictObject({
      id: entityId,
      after: eventSeq.default(0).meta({ description: 'The last event you have; 0 for the beginning' }),
      limit: z.int().min(1).max(largestPageSize).default(largestPageSize),
    }),
    output: z.object({
      items: z.array(runEvent),
      lastSeq: eventSeq.meta({ description: 'Number of the newest event of the run' }),
    }),
  },
);
