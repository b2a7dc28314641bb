import type { ReasonCode } from '../gate/reasons.ts';

/** What an observation says about a task; the worst that still lets an onboarding go on is `warn`. */
export const evidenceStatuses = ['ok', 'warn', 'fail', 'unknown'] as const;
export type EvidenceStatus = (typeof evidenceStatuses)[number];

/** An observation is trusted this long, in hours. */
export const evidenceHours = 24;

/** The newest observation of a task. */
export interface NewestEvidence {
  readonly status: EvidenceStatus;
  readonly reason: ReasonCode | null;
  readonly message: string | null;
  readonly recordedAt: Date;
}

/** How a task stands. */
export interface TaskStatus {
  readonly status: EvidenceStatus;
  readonly reason: ReasonCode | null;
  readonly message: string | null;
}

/** The status of a task is its newest evidence; without any, or when it is stale, nobody knows. */
export function taskStatus(newest: NewestEvidence | null, now: Date): TaskStatus {
  if (newest === null) return { status: 'unknown', reason: 'not_verified', message: null };
  if (isStale(newest.recordedAt, now))
    return { status: 'unknown', reason: 'evidence_stale', message: newest.message };
  const { status, reason, message } = newest;
  return { status, reason, message };
}

export function isStale(recordedAt: Date, now: Date): boolean {
  return now.getTime() - recordedAt.getTime() >= evidenceHours * 3_600_000;
}
