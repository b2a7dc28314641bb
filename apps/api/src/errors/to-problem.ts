import type { Problem } from '@signalbox/contracts/problem/problem';
import { toFaults } from '@signalbox/contracts/problem/to-faults';
import { AppError, type AppErrorFacts } from '@signalbox/domain/error/app-error';
import { type NextStepCode, nextSteps } from '@signalbox/domain/gate/next-steps';
import { reasonRule } from '@signalbox/domain/gate/reasons';
import { type BatchProblem, problemPointer } from '@signalbox/domain/provisioning/batch-problem';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { fromFastify } from './from-fastify.ts';
import { type ProblemCode, problemCatalogue } from './problem-catalogue.ts';
import { WireError } from './wire-error.ts';

/** An error ready for the wire: its body in the native shape, and the headers that go with it. */
export interface WireProblem {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** True when the cause is ours and belongs in the log. */
  readonly unexpected: boolean;
}

/** The one place where an error of any kind becomes an answer. Unknown errors never show their own message. */
export function toProblem(error: unknown, requestId: string): WireProblem {
  const cause = error instanceof TRPCError && error.cause !== undefined ? error.cause : error;
  if (cause instanceof AppError) return fromApp(cause.facts, requestId);
  if (cause instanceof WireError) return fromWire(cause, requestId);
  if (error instanceof TRPCError) return fromTrpc(error, requestId);
  const wire = fromFastify(error);
  if (wire !== null) return fromWire(wire, requestId);
  return { ...built('internal_error', requestId), unexpected: true };
}

type Members = Partial<Omit<Problem, 'requestId' | 'nextSteps'>>;

function built(code: ProblemCode, requestId: string, members: Members = {}): WireProblem {
  const rule = problemCatalogue[code];
  const problem: Problem = {
    type: `/problems/${code}`,
    title: rule.title,
    status: rule.status,
    detail: rule.detail,
    code,
    shortReason: rule.title,
    nextSteps: rule.nextSteps.map(stepEntry),
    ...members,
    requestId,
  };
  const seconds = problem.retryAfterSeconds;
  const headers: Record<string, string> = seconds === undefined ? {} : { 'retry-after': String(seconds) };
  return { problem, headers, unexpected: false };
}

function stepEntry(code: NextStepCode) {
  return { code, label: nextSteps[code].label };
}

function fromApp(facts: AppErrorFacts, requestId: string): WireProblem {
  switch (facts.code) {
    case 'start_refused':
      return fromRefusal(facts, requestId);
    case 'forbidden':
      return built('forbidden', requestId, {
        detail: `You lack the capability ${facts.capability}.`,
        capability: facts.capability,
      });
    case 'invalid_input':
      return built('invalid_input', requestId, { errors: [...facts.errors] });
    case 'batch_impossible':
      return built('batch_impossible', requestId, fromProblems(facts.problems));
    case 'conflict': {
      const answer = built('conflict', requestId, { detail: facts.message });
      const steps = facts.nextSteps?.map((step) => (typeof step === 'string' ? stepEntry(step) : step));
      return steps === undefined ? answer : { ...answer, problem: { ...answer.problem, nextSteps: steps } };
    }
    case 'throttled':
      return built('throttled', requestId, { retryAfterSeconds: facts.retryAfterSeconds });
    case 'unavailable':
      return built('unavailable', requestId, {
        ...facts.details,
        retryAfterSeconds: facts.retryAfterSeconds,
      });
    default:
      return built(facts.code, requestId);
  }
}

/** The most faults one answer lists; `problems` has them all. */
const mostFaults = 50;

/** What keeps operations from being a batch: the first in the sentence, all in the members. */
function fromProblems(problems: readonly BatchProblem[]): Members {
  const [first, ...others] = problems;
  const errors = problems
    .slice(0, mostFaults)
    .map((problem) => ({ pointer: problemPointer(problem), detail: problem.message }));
  const more = others.length === 0 ? '' : ` There are ${others.length} more problems.`;
  return {
    ...(first !== undefined && { detail: `${first.message}${more}` }),
    errors,
    problems: problems.map((problem) => ({
      code: problem.code,
      operations: [...problem.operations],
      pointer: problemPointer(problem),
      message: problem.message,
    })),
  };
}

/** A refusal at the gate speaks in the words of its reason, and carries what the gate knew. */
function fromRefusal(
  facts: Extract<AppErrorFacts, { code: 'start_refused' }>,
  requestId: string,
): WireProblem {
  const rule = reasonRule(facts.reason);
  const status = facts.reason === 'quota_exceeded' ? 402 : 409;
  const answer = built('conflict', requestId, {
    ...facts.details,
    type: `/problems/${facts.reason}`,
    title: rule.label,
    status,
    detail: facts.message,
    code: facts.reason,
    shortReason: rule.text,
    ...(facts.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: facts.retryAfterSeconds }),
  });
  return { ...answer, problem: { ...answer.problem, nextSteps: [...facts.nextSteps] } };
}

function fromWire(error: WireError, requestId: string): WireProblem {
  const { code, detail, errors, headers } = error.facts;
  const answer = built(code, requestId, {
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors: [...errors] }),
  });
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** What tRPC itself refuses, before or instead of a procedure. */
function fromTrpc(error: TRPCError, requestId: string): WireProblem {
  if (error.code === 'BAD_REQUEST' && error.cause instanceof z.core.$ZodError) {
    return built('invalid_input', requestId, { errors: toFaults(error.cause) });
  }
  const codes: Partial<Record<TRPCError['code'], ProblemCode>> = {
    BAD_REQUEST: 'malformed_request',
    PARSE_ERROR: 'malformed_request',
    NOT_FOUND: 'not_found',
    METHOD_NOT_SUPPORTED: 'method_not_allowed',
    PAYLOAD_TOO_LARGE: 'payload_too_large',
    UNSUPPORTED_MEDIA_TYPE: 'unsupported_media_type',
  };
  const code = codes[error.code];
  if (code !== undefined) return built(code, requestId);
  return { ...built('internal_error', requestId), unexpected: true };
}
