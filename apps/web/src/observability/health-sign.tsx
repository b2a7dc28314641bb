import type { HealthLevel } from '@signalbox/domain/observability/health';
import { CircleCheck, CircleHelp, OctagonX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** What is shown of a level; `Unknown` where the answer is too old to say. */
export type ShownLevel = HealthLevel | 'Unknown';

const signs: Record<ShownLevel, { tone: string; icon: ReactNode }> = {
  Healthy: { tone: 'text-clear', icon: <CircleCheck size={16} aria-hidden="true" /> },
  Warning: { tone: 'text-caution', icon: <TriangleAlert size={16} aria-hidden="true" /> },
  Critical: { tone: 'text-stop', icon: <OctagonX size={16} aria-hidden="true" /> },
  Unknown: { tone: 'text-idle', icon: <CircleHelp size={16} aria-hidden="true" /> },
};

/** How well something is: shape, word and colour. */
export function HealthSign({ level }: { level: ShownLevel }) {
  const { tone, icon } = signs[level];
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${tone}`}>
      {icon}
      {level}
    </span>
  );
}
