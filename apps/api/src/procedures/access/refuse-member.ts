import type { MemberOutcome } from '@signalbox/db/commands/access/change-member';
import { AppError } from '@signalbox/domain/error/app-error';

/**
 * Goes on only when the change was made.
 * @throws AppError saying why it was not
 */
export function requireDone(outcome: MemberOutcome): void {
  switch (outcome) {
    case 'done':
      return;
    case 'gone':
      throw new AppError({ code: 'not_found' });
    case 'not_allowed':
      throw new AppError({ code: 'forbidden', capability: 'member.manage' });
    case 'above_caller':
      throw aboveCaller();
    case 'last_owner':
      throw new AppError({
        code: 'conflict',
        message: 'This is the last owner of the workspace. Make somebody else an owner first.',
        nextSteps: [],
      });
    case 'owner_sees_all': {
      const detail = 'an owner sees all tenants';
      throw new AppError({ code: 'invalid_input', errors: [{ pointer: '/tenants', detail }] });
    }
  }
}

/** The refusal to give out, change or take away what the caller does not hold. */
export function aboveCaller(): AppError {
  return new AppError({
    code: 'conflict',
    message: 'Nobody gives out or takes away a place that can do or see more than they can themselves.',
    nextSteps: ['ask_manager'],
  });
}
