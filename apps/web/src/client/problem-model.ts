import type { Problem } from '@signalbox/contracts/problem/problem';
import { type FaultKind, kindOf, wordsOf } from './fault-words.ts';
import { ForeignAnswer } from './foreign-answer.ts';

/** What went wrong, in the shape every view can show. */
export interface Fault {
  readonly kind: FaultKind;
  readonly title: string;
  readonly detail: string;
  /** What a person can do now, as one sentence; null where the server's next steps or a button say it. */
  readonly advice: string | null;
  readonly problem: Problem | null;
  /** Whether asking again without a change can help. */
  readonly again: boolean;
  /** How long the server wants to be left alone first, s. */
  readonly waitSeconds: number | null;
  /** The page of the server that explains this kind of problem. */
  readonly page: string | null;
}

/** How much of the quota of a period is used; comes with 402. */
export interface QuotaUse {
  readonly current: number;
  readonly limit: number;
  /** First day of the period, ISO 8601. */
  readonly period: string | null;
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
  const { data, cause } = (error ?? {}) as { data?: { problem?: unknown } | null; cause?: unknown };
  const told = cause instanceof ForeignAnswer ? cause.body : data?.problem;
  return isProblem(told) ? told : null;
}

interface Answered {
  readonly data?: { readonly httpStatus?: unknown } | null;
  readonly cause?: unknown;
}

/** The status of an answer, also of one that came from a proxy in between; 0 when there was none. */
function statusOf(error: unknown): number {
  const answered = error as Answered | null | undefined;
  const status = answered?.data?.httpStatus;
  if (typeof status === 'number') return status;
  return answered?.cause instanceof ForeignAnswer ? answered.cause.status : 0;
}

/** Sorts an error into what a person can do about it. Total: anything thrown has an answer here. */
export function faultOf(error: unknown): Fault {
  const problem = problemOf(error);
  const kind = kindOf(problem?.status ?? statusOf(error), problem?.code);
  const own = wordsOf(kind);
  const wait = problem?.retryAfterSeconds;
  const type = problem?.type ?? '';
  return {
    kind,
    title: problem?.title ?? own.title,
    detail: problem?.detail ?? problem?.shortReason ?? own.detail,
    advice: own.advice ?? null,
    problem,
    again: own.again ?? false,
    waitSeconds: typeof wait === 'number' && Number.isFinite(wait) ? Math.max(0, wait) : null,
    // Only a page of the server itself: what another one says we cannot vouch for.
    page: /^\/problems\/[a-z_]{1,64}$/.test(type) ? type : null,
  };
}

/** The longest the server may ask to be left alone for a question to be asked again unseen, s. */
const unseenSeconds = 1;

/** Whether a question is asked again without a word. Longer waits are shown, with their countdown. */
export function asksAgainUnseen(failures: number, error: unknown): boolean {
  const { again, waitSeconds } = faultOf(error);
  return again && failures < 3 && (waitSeconds ?? 0) <= unseenSeconds;
}

/** The quota numbers of a refused start, where the server gave them. */
export function quotaOf(problem: Problem | null): QuotaUse | null {
  const quota = problem?.quota as { current?: unknown; limit?: unknown; period?: unknown } | null | undefined;
  if (typeof quota?.current !== 'number' || typeof quota.limit !== 'number') return null;
  return {
    current: quota.current,
    limit: quota.limit,
    period: typeof quota.period === 'string' ? quota.period : null,
  };
}
