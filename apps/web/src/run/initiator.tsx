import type { RunSummary } from '@signalbox/contracts/run/run-summary';

const kinds: Record<RunSummary['initiator']['kind'], string> = {
  user: 'a member',
  api_key: 'API key',
  system: 'system',
  schedule: 'schedule',
};

/** Who started a run: a name, or what kind of thing did. */
export function initiatorText({ kind, username, apiKey }: RunSummary['initiator']): string {
  if (kind === 'user') {
    const person = username ?? kinds.user;
    return apiKey === undefined ? person : `${person}, by ${kinds.api_key} ${apiKey}`;
  }
  return username === undefined ? kinds[kind] : `${kinds[kind]} ${username}`;
}
