import type { Problem } from '@signalbox/contracts/problem/problem';

/** A body with this code as a caller would get it, for the pages that explain it. */
export function exampleProblem(entry: {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly meaning: string;
}): Partial<Problem> {
  const { code, title, status, meaning } = entry;
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail: meaning,
    code,
    shortReason: title,
    ...(code === 'forbidden' ? { capability: 'run.cancel' } : {}),
    ...(code === 'invalid_input' ? { errors: [{ pointer: '/itemIds/3', detail: 'must not be empty' }] } : {}),
    ...(code === 'throttled' ? { retryAfterSeconds: 12 } : {}),
    requestId: '0198c2f0-7a11-7c3e-9f00-2d1c5b7a9e10',
  };
}
