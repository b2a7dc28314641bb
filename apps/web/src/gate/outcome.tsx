import { OutcomeIcon } from './outcome-icon.tsx';
import { outcomeView, type StartOutcome } from './outcome-model.ts';

const plates: Record<StartOutcome, string> = {
  accepted: 'bg-gate-accepted-soft text-gate-accepted',
  deduped: 'bg-gate-deduped-soft text-gate-deduped',
  scope_busy: 'bg-gate-scope-busy-soft text-gate-scope-busy',
  blocked: 'bg-gate-blocked-soft text-gate-blocked',
};

/** The plate that names a start outcome. Square where a status is round, so that the two are never confused. */
export function Outcome({ outcome }: { outcome: StartOutcome }) {
  return (
    <span
      className={`inline-flex h-6 items-center gap-1.5 rounded-sm px-2 text-sm font-semibold whitespace-nowrap ${plates[outcome]}`}
    >
      <OutcomeIcon outcome={outcome} />
      {outcomeView(outcome).word}
    </span>
  );
}
