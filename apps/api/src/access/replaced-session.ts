import { signOut } from '@signalbox/db/commands/access/end-session';
import { liveCaller } from '@signalbox/db/queries/access/live-session';
import type { AppContext } from '../context.ts';

/** Ends the session whose cookie a new one takes the place of: it would live on where nobody can sign it out. */
export async function endReplacedSession({
  db,
  cookies,
  headers,
  requestId,
}: Pick<AppContext, 'db' | 'cookies' | 'headers' | 'requestId'>): Promise<void> {
  const secret = cookies.read(headers);
  const replaced = secret === null ? null : await liveCaller(db, { secret }, 'look');
  if (replaced === null) return;
  const { userId, sessionId } = replaced.user;
  await signOut(db, { userId, requestId }, sessionId);
}
