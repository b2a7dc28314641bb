import type { WorkerState } from '@signalbox/domain/observability/worker-state';
import { CircleCheck, CircleHelp, CircleMinus } from 'lucide-react';
import type { ReactNode } from 'react';

const signs: Record<WorkerState, { word: string; tone: string; icon: ReactNode; meaning: string }> = {
  alive: {
    word: 'Alive',
    tone: 'text-clear',
    icon: <CircleCheck size={16} aria-hidden="true" />,
    meaning: 'Seen within the last 90 seconds.',
  },
  unknown: {
    word: 'Unknown',
    tone: 'text-caution',
    icon: <CircleHelp size={16} aria-hidden="true" />,
    meaning:
      'It has not said that it stopped, but was not seen for 90 seconds. Others take over what it had.',
  },
  stopped: {
    word: 'Stopped',
    tone: 'text-idle',
    icon: <CircleMinus size={16} aria-hidden="true" />,
    meaning: 'It has said goodbye, or was given up. Forgotten after seven days.',
  },
};

/** The state of a worker: shape, word and colour. */
export function WorkerSign({ state }: { state: WorkerState }) {
  const { word, tone, icon, meaning } = signs[state];
  return (
    <span
      title={meaning}
      className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${tone}`}
    >
      {icon}
      {word}
    </span>
  );
}
