import { beingEdited } from '../gate/describe-start.ts';
import { type ReasonCode, reasonRule } from '../gate/reasons.ts';
import { isLive, onboardingSteps, type SessionStatus } from './session.ts';
import { type StepFacts, stepObstacle } from './steps.ts';

/** What decides whether a bootstrap may be asked for from a session. */
export interface BootstrapFacts {
  readonly status: SessionStatus;
  readonly step: number;
  /** Who else is editing it at this moment; null when nobody is. */
  readonly lockedBy: string | null;
  /** What the steps before it stand on at this moment: what was passed once may have come to fail, or be stale. */
  readonly ground: StepFacts;
  /** It is asked for through another connection than the one that was verified. */
  readonly throughAnother: boolean;
  /** The bootstrap of the session that has not ended: the very same operations through the same connection, or others. */
  readonly underWay: 'none' | 'same' | 'other';
}

/** Why a session does not admit a bootstrap now. */
export interface BootstrapObstacle {
  readonly reason: Extract<
    ReasonCode,
    'session_closed' | 'session_locked' | 'step_not_ready' | 'bootstrap_under_way'
  >;
  /** One plain sentence. */
  readonly message: string;
}

/** Whether a session admits a bootstrap; `same` when the very same one is under way and is joined. */
export function bootstrapObstacle(facts: BootstrapFacts): BootstrapObstacle | 'same' | null {
  const { status, step, lockedBy, underWay, ground, throughAnother } = facts;
  if (!isLive(status)) return obstacle('session_closed');
  if (lockedBy !== null) return { reason: 'session_locked', message: beingEdited(lockedBy) };
  if (underWay !== 'none') return underWay === 'same' ? 'same' : obstacle('bootstrap_under_way');
  if (step < bootstrapStep)
    return notReady(
      `The onboarding is at step ${step}; its bootstrap is asked for at step ${bootstrapStep}.`,
    );
  if (throughAnother)
    return notReady('Another connection was verified; to go through this one, choose it at step 2.');
  const open = onboardingSteps.map((each) => stepObstacle(each.step, ground)).find((found) => found !== null);
  return open === undefined ? null : notReady(open.message);
}

/** The step of an onboarding at which its bootstrap is asked for. */
const bootstrapStep = 5;

function notReady(message: string): BootstrapObstacle {
  return { reason: 'step_not_ready', message };
}

function obstacle(reason: BootstrapObstacle['reason']): BootstrapObstacle {
  return { reason, message: reasonRule(reason).text };
}
