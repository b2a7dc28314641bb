import type { RunSummary } from '@signalbox/contracts/run/run-summary';

const kinds: Record<RunSummary['initiator']['kind'], string> = {
  user: 'a member',
  api_key: 'API key',
  system: 'system',
  schedule: 'schedule',
};

/** Who started a run: a name, or what kind of thing did. */
export function initiatorText({ kind, username }: RunSummary['initiator']): string {
  if (kind === 'user') return username ?? kinds.user;
  return username === undefined ? kinds[kind] : `${kinds[kind]} of ${username}`;
}
