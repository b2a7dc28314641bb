import { beingEdited } from '../gate/describe-start.ts';
import { type ReasonCode, reasonRule } from '../gate/reasons.ts';
import { isLive, type SessionStatus } from './session.ts';

/** What decides whether a bootstrap may be asked for from a session. */
export interface BootstrapFacts {
  readonly status: SessionStatus;
  readonly step: number;
  /** Who else is editing it at this moment; null when nobody is. */
  readonly lockedBy: string | null;
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
  const { status, step, lockedBy, underWay } = facts;
  if (!isLive(status)) return obstacle('session_closed');
  if (lockedBy !== null) return { reason: 'session_locked', message: beingEdited(lockedBy) };
  if (underWay !== 'none') return underWay === 'same' ? 'same' : obstacle('bootstrap_under_way');
  return step < bootstrapStep ? obstacle('step_not_ready') : null;
}

/** The step of an onboarding at which its bootstrap is asked for. */
const bootstrapStep = 5;

function obstacle(reason: BootstrapObstacle['reason']): BootstrapObstacle {
  return { reason, message: reasonRule(reason).text };
}
