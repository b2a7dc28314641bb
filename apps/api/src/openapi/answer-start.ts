import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import type { Refusal, ReplyPlan } from '../http/reply-plan.ts';

/**
 * The one function that turns a start outcome into a status: accepted 201, deduped 200, refused 409 (402 for quota).
 * The typed client gets the outcome itself in every case.
 * @param now the moment `retryAt` is counted from
 */
export function answerStart(reply: ReplyPlan, outcome: StartOutcome, now: Date): StartOutcome {
  switch (outcome.outcome) {
    case 'accepted':
      if (outcome.run !== undefined) reply.created(`/v1/runs/${outcome.run.id}`);
      return outcome;
    case 'deduped':
      return outcome;
    case 'scope_busy':
    case 'blocked':
      reply.refuse(refusalOf(outcome, now));
      return outcome;
  }
}

/** A refusal as an error, for surfaces whose contract has no shape for one. */
export function refusalOf(outcome: StartOutcome, now: Date): Refusal {
  return {
    code: 'start_refused',
    reason: outcome.reason?.code ?? 'internal',
    message: outcome.message,
    nextSteps: outcome.nextSteps.map(({ code, label, href, capability }) => ({
      code,
      label,
      ...(href === undefined ? {} : { href }),
      ...(capability === undefined ? {} : { capability }),
    })),
    details: outcome,
    ...retryAfter(outcome, now),
  };
}

function retryAfter(outcome: StartOutcome, now: Date): { retryAfterSeconds?: number } {
  const at = outcome.retryAt ?? outcome.holder?.expectedEnd;
  if (at === undefined) return {};
  return { retryAfterSeconds: Math.max(1, Math.ceil((Date.parse(at) - now.getTime()) / 1_000)) };
}
