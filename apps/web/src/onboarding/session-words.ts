import type { SessionStatus } from '@signalbox/domain/onboarding/session';

const words: Record<SessionStatus, string> = {
  draft: 'Opened',
  in_progress: 'In progress',
  completed: 'Completed',
  abandoned: 'Abandoned',
};

export function sessionWord(status: SessionStatus): string {
  return words[status];
}
