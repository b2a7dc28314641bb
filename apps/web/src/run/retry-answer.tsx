import { X } from 'lucide-react';
import { OutcomePanel } from '../gate/outcome-panel.tsx';
import { IconButton } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import type { RunDeeds } from './run-deeds.ts';

/** What the gate answered to a retry. It stays on the page until it is put away: a refusal has to be acted on. */
export function RetryAnswer({ deeds: { retry }, ws }: { deeds: RunDeeds; ws: string }) {
  if (retry.isError) return <FaultLine error={retry.error} onRetry={() => retry.mutate()} />;
  if (retry.data === undefined) return null;
  return (
    <section aria-label="The gate answered" className="panel relative p-4 pr-12">
      <OutcomePanel outcome={retry.data} ws={ws} happened />
      <IconButton label="Put this away" className="absolute top-2 right-2" onClick={() => retry.reset()}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </section>
  );
}
