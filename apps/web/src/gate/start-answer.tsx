import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { useEffect, useRef } from 'react';
import { faultOf } from '../client/problem-model.ts';
import { Button } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { outcomeView } from './outcome-model.ts';
import { OutcomePanel } from './outcome-panel.tsx';
import type { Start } from './use-start.tsx';

interface StartAnswerProps {
  outcome: StartOutcome;
  /** How it differs from what was foretold; null when it does not. */
  change: string | null;
  ws: string;
  onBack: () => void;
}

/** What the gate answered to a start, and how that differs from what it had foretold. */
export function StartAnswer({ outcome, change, ws, onBack }: StartAnswerProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const refused = outcome.run === undefined;
  useEffect(() => {
    // The button is gone; where there is no run to open, reading goes on here.
    if (refused) heading.current?.focus();
  }, [refused]);
  return (
    <section aria-labelledby="answer" aria-live="polite" className="grid gap-4">
      <h2 id="answer" ref={heading} tabIndex={-1} className="text-base font-semibold outline-none">
        The gate answered
      </h2>
      {change !== null && (
        <p className="rounded-md border border-caution bg-caution-soft px-3 py-2 text-sm">{change}</p>
      )}
      <OutcomePanel outcome={outcome} ws={ws} happened>
        <Button look="quiet" className="-ml-3 justify-self-start" onClick={onBack}>
          Back to the form
        </Button>
      </OutcomePanel>
    </section>
  );
}

/** A start that got no answer, or an error instead of one. What was typed is still there. */
export function StartFault({ start, onAgain }: { start: Start; onAgain: () => void }) {
  const fault = faultOf(start.error);
  const foretold = start.variables?.foretold;
  if (fault.kind === 'offline') {
    return (
      <div role="alert" className="grid gap-2 rounded-md border border-stop bg-stop-soft px-3 py-2 text-sm">
        <strong className="font-semibold">No answer came</strong>
        <span>
          The connection was lost, so it is not known whether the run was made. Try again: it is sent under
          the same key, and is one run either way.
        </span>
        <Button className="justify-self-start" onClick={onAgain}>
          Try again
        </Button>
      </div>
    );
  }
  return (
    <div className="grid gap-2">
      {foretold?.outcome.outcome === 'accepted' && (
        <p className="text-sm text-muted">
          The preview said {outcomeView('accepted').word} at {start.clock(foretold.at)}; the start was refused
          since.
        </p>
      )}
      <FaultLine error={start.error} onRetry={onAgain} />
    </div>
  );
}
