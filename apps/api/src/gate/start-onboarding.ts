import type { SessionRecord } from '@signalbox/db/queries/onboarding/sessions';
import type { Principal } from '@signalbox/domain/access/principal';
import { isLive } from '@signalbox/domain/onboarding/session';

/** Why nothing is started from an onboarding now, before the start gate is asked. */
export type SessionObstacle = 'session_closed' | 'session_locked';

/** An onboarding that is over starts nothing more, and while somebody edits it only they do. */
export function sessionObstacle(
  { status, lock }: Pick<SessionRecord, 'status' | 'lock'>,
  principal: Principal,
): SessionObstacle | null {
  if (!isLive(status)) return 'session_closed';
  return lock.held && lock.userId !== principal.userId ? 'session_locked' : null;
}
