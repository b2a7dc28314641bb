import { z } from 'zod';
import { nextStep } from '../gate/next-step.ts';

/** One fault of a request: where (an RFC 6901 pointer into the input; empty for the whole) and what. */
export const fieldFault = z.object({
  pointer: z.string().meta({ example: '/itemIds/3' }),
  detail: z.string().meta({ example: 'must not be empty' }),
});
export type FieldFault = z.infer<typeof fieldFault>;

/**
 * An error answer, RFC 9457 (`application/problem+json`), with the members every surface shares: a stable `code`, one
 * plain sentence, what to do next, and the request id to quote. Never a stack, SQL, a path or a secret.
 */
export const problem = z
  .object({
    type: z.string().meta({ description: '`/problems/<code>`', example: '/problems/scope_busy' }),
    title: z.string().meta({ example: 'Scope busy' }),
    status: z.int().min(400).max(599),
    detail: z.string(),
    instance: z.string().optional().meta({ description: 'The path that was asked' }),
    code: z.string().meta({ example: 'scope_busy' }),
    shortReason: z.string(),
    nextSteps: z.array(nextStep),
    errors: z.array(fieldFault).optional(),
    capability: z.string().optional().meta({ description: 'With 403: the capability that is missing' }),
    retryAfterSeconds: z.int().min(0).optional(),
    requestId: z.string(),
  })
  .loose()
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });
export type Problem = z.infer<typeof problem>;
