import { z } from 'zod';
import { startOutcome } from '../gate/start-outcome.ts';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { startBody } from './start-body.ts';

/** The gate's verdict on a start, without the start. */
export const whatIfContract = defineContract(
  {
    method: 'POST',
    path: '/v1/runs/what-if',
    operationId: 'whatIfRun',
    summary: 'Ask what a start would answer',
    description:
      'Takes what `POST /v1/runs` takes and answers what the same start gate would, without making a run or reserving anything. A refusal is 200 here: it is the answer that was asked for.',
    tags: ['Runs'],
    success: { 200: 'The outcome a start would have now' },
    errors: thingErrors,
    body: 'required',
    dialect: 'native',
    security: 'caller',
  },
  { input: z.strictObject(startBody), output: startOutcome },
);
