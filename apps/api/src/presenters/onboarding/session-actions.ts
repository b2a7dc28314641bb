import type { SessionView } from '@signalbox/contracts/onboarding/session-view';
import type { Capability } from '@signalbox/domain/access/capabilities';
import { holds, type Principal } from '@signalbox/domain/access/principal';
import { beingEdited } from '@signalbox/domain/gate/describe-start';
import { reasonRule } from '@signalbox/domain/gate/reasons';
import { bootstrapObstacle } from '@signalbox/domain/onboarding/bootstrap-obstacle';
import { isLive } from '@signalbox/domain/onboarding/session';
import { stepObstacle } from '@signalbox/domain/onboarding/steps';
import type { SessionFacts } from './session.ts';

/** What this caller may do with a session, and why not; the same that a try would be answered. */
export function sessionActions(facts: SessionFacts, principal: Principal): SessionView['actions'] {
  const { session, ground, bootstrap } = facts;
  const { lock } = session;
  const over = isLive(session.status) ? null : reasonRule('session_closed').text;
  const other = lock.held && lock.userId !== principal.userId ? (lock.name ?? '') : null;
  const editing = notEditor(principal) ?? over ?? (other === null ? null : beingEdited(other));
  const working = bootstrap?.status === 'working';
  const obstacle = stepObstacle(session.step, ground.facts);
  const refusals = {
    edit: editing,
    take_over:
      notEditor(principal) ??
      lacking(principal, 'onboarding.takeover') ??
      over ??
      (other === null ? 'Nobody else is editing it.' : null),
    advance: editing ?? (session.step === 5 ? 'It is at its last step.' : (obstacle?.message ?? null)),
    bootstrap: notEditor(principal) ?? noBootstrap(facts, other),
    abandon: editing ?? (working ? 'The bootstrap of this onboarding is under way; stop it first.' : null),
  } satisfies Record<SessionView['actions'][number]['action'], string | null>;
  return (Object.keys(refusals) as (keyof typeof refusals)[]).map((action) => {
    const refused = refusals[action];
    return { action, ...(refused !== null && { refused }) };
  });
}

/** What a bootstrap through the connection that was verified would be told. */
function noBootstrap({ session, ground, bootstrap }: SessionFacts, lockedBy: string | null): string | null {
  const { status, step } = session;
  const found = bootstrapObstacle({
    ...{ status, step, lockedBy, ground: ground.facts, throughAnother: false },
    underWay: bootstrap?.status === 'working' ? 'other' : 'none',
  });
  return found === null || found === 'same' ? null : found.message;
}

function notEditor(principal: Principal): string | null {
  if (principal.userId === null) return 'Only a person edits an onboarding, or a key that acts for one.';
  return lacking(principal, 'onboarding.edit');
}

function lacking(principal: Principal, capability: Capability): string | null {
  return holds(principal, capability) ? null : `You lack the capability ${capability}.`;
}
