import type { Problem } from '@signalbox/contracts/problem/problem';

/** What went wrong, in the shape every view can show. */
export interface Fault {
  readonly kind: 'signed-out' | 'forbidden' | 'not-found' | 'refused' | 'busy' | 'offline' | 'broken';
  readonly title: string;
  readonly detail: string;
  readonly problem: Problem | null;
  /** Whether asking again without a change can help. */
  readonly again: boolean;
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'status' in value &&
    'requestId' in value
  );
}

/** The problem document inside an error of the typed client, if the server sent one. */
export function problemOf(error: unknown): Problem | null {
  const data = (error as { data?: { problem?: unknown } } | null)?.data;
  return isProblem(data?.problem) ? data.problem : null;
}

function statusOf(error: unknown): number {
  const status = (error as { data?: { httpStatus?: unknown } } | null)?.data?.httpStatus;
  return typeof status === 'number' ? status : 0;
}

/** Sorts an error into what a person can do about it. Total: anything thrown has an answer here. */
export function faultOf(error: unknown): Fault {
  const problem = problemOf(error);
  const status = problem?.status ?? statusOf(error);
  const said = { title: problem?.title, detail: problem?.detail ?? problem?.shortReason, problem };
  const fault = (kind: Fault['kind'], words: readonly [string, string], again = false): Fault => ({
    ...said,
    kind,
    title: said.title ?? words[0],
    detail: said.detail ?? words[1],
    again,
  });
  if (status === 401) return fault('signed-out', ['Signed out', 'Your session has ended. Sign in to go on.']);
  if (status === 403) return fault('forbidden', ['Not allowed', 'Your role does not hold what this needs.']);
  if (status === 404)
    return fault('not-found', ['Not found', 'There is no such thing, or none you may see.']);
  if (status === 429 || status === 503) {
    return fault('busy', ['Busy', 'The server asks for a moment. Try again shortly.'], true);
  }
  if (status >= 400 && status < 500)
    return fault('refused', ['Not accepted', 'The server did not accept this.']);
  if (status >= 500) return fault('broken', ['Something broke', 'The server could not answer.'], true);
  return fault(
    'offline',
    ['No connection', 'The server cannot be reached. This page tries again by itself.'],
    true,
  );
}
