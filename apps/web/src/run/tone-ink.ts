import type { StatusTone } from './status-model.ts';

/** The colour of a status word and its sign. */
export const toneInk: Record<StatusTone, string> = {
  idle: 'text-idle',
  lunar: 'text-lunar',
  accent: 'text-accent',
  clear: 'text-clear',
  caution: 'text-caution',
  stop: 'text-stop',
};
