import type { SessionRecord } from '@signalbox/db/queries/onboarding/sessions';
import type { Principal } from '@signalbox/domain/access/principal';
import { reasons } from '@signalbox/domain/gate/reasons';
import { isLive } from '@signalbox/domain/onboarding/session';

/** Why nothing is started from an onboarding now, before the start gate is asked. */
export interface SessionObstacle {
  readonly reason: 'session_closed' | 'session_locked';
  /** One plain sentence. */
  readonly message: string;
}

/** An onboarding that is over starts nothing more, and while somebody edits it only they do. */
export function sessionObstacle(
  { status, lock }: Pick<SessionRecord, 'status' | 'lock'>,
  principal: Principal,
): SessionObstacle | null {
  if (!isLive(status)) return { reason: 'session_closed', message: reasons.session_closed.text };
  if (!lock.held || lock.userId === principal.userId) return null;
  const who = lock.name ?? 'Somebody else';
  return { reason: 'session_locked', message: `${who} is editing the onboarding of this tenant.` };
}
