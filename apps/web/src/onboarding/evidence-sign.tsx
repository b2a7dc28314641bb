import type { EvidenceStatus } from '@signalbox/domain/onboarding/evidence';
import { StatusIcon } from '../run/status-icon.tsx';
import { evidenceView } from './task-model.ts';

/** How a task stands: shape, word and colour. */
export function EvidenceSign({ status }: { status: EvidenceStatus }) {
  const { word, tone, shape } = evidenceView(status);
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${tone}`}>
      <StatusIcon shape={shape} />
      {word}
    </span>
  );
}
