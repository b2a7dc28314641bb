import type { Joined, JoinRefusal } from '@signalbox/db/commands/access/accept-invitation';
import { AppError } from '@signalbox/domain/error/app-error';

/**
 * Who joined.
 * @throws AppError saying why nobody did
 */
export function requireJoined(result: Joined | JoinRefusal): Joined {
  if (typeof result === 'object') return result;
  const [message, nextSteps] = said[result];
  if (message === null) throw new AppError({ code: 'not_found' });
  throw new AppError({ code: 'conflict', message, nextSteps });
}

const said = {
  not_open: [null, []],
  name_taken: [
    'Somebody has this username. Choose another, or sign in if it is you.',
    ['correct_input', 'sign_in'],
  ],
  already_member: ['You are a member of this workspace already.', []],
} as const satisfies Record<JoinRefusal, readonly [string | null, readonly ('correct_input' | 'sign_in')[]]>;
