import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { Button } from '../ui/button.tsx';
import { outcomeView } from './outcome-model.ts';
import { OutcomePanel } from './outcome-panel.tsx';

interface StartAnswerProps {
  outcome: StartOutcome;
  foretold: StartOutcome['outcome'] | undefined;
  ws: string;
  onBack: () => void;
}

/** What the gate answered to a start, and whether that differs from what it had foretold. */
export function StartAnswer({ outcome, foretold, ws, onBack }: StartAnswerProps) {
  return (
    <section aria-labelledby="answer" aria-live="polite" className="grid gap-4">
      <h2 id="answer" className="text-base font-semibold">
        The gate answered
      </h2>
      {foretold !== undefined && foretold !== outcome.outcome && (
        <p className="rounded-md bg-sunken px-3 py-2 text-sm text-muted">
          The preview said {outcomeView(foretold).word}; things changed before you started.
        </p>
      )}
      <OutcomePanel outcome={outcome} ws={ws} happened>
        <Button look="quiet" className="-ml-3 justify-self-start" onClick={onBack}>
          Back to the form
        </Button>
      </OutcomePanel>
    </section>
  );
}
