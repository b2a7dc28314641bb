import { RotateCw } from 'lucide-react';
import type { BatchBody } from '../provisioning/batch-view.ts';
import { useDryRun } from '../provisioning/dry-run.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Time } from '../ui/time.tsx';
import { OutcomePanel } from './outcome-panel.tsx';
import { type AskedStart, type WorkflowStart, workflowCall } from './use-workflow-start.ts';

interface WorkflowAsideProps {
  ws: string;
  formId: string;
  label: string;
  /** Why it cannot be sent yet; null when it can. */
  refused: string | null;
  asked: AskedStart | null;
  /** The same as a batch of one, for the gate to judge. */
  batch: BatchBody | null;
  start: WorkflowStart;
  onSubmit: () => void;
}

/** What the gate would answer now. It reserves nothing, and says when it was asked. */
function Foretold({ batch, ws }: { batch: BatchBody; ws: string }) {
  const dryRun = useDryRun(batch);
  const shown = dryRun.current ?? dryRun.data;
  const outcome = shown?.preview.operations[0]?.outcome;
  return (
    <section aria-labelledby="verdict" aria-busy={dryRun.isFetching || dryRun.old} className="grid gap-4">
      <div className="flex items-center justify-between">
        <h2 id="verdict" className="text-base font-semibold">
          If you start it now
        </h2>
        <IconButton label="Ask again" onClick={() => void dryRun.refetch()}>
          <RotateCw size={15} aria-hidden="true" className={dryRun.isFetching ? 'animate-spin' : ''} />
        </IconButton>
      </div>
      {dryRun.isError ? (
        <FaultLine error={dryRun.error} onRetry={() => void dryRun.refetch()} />
      ) : outcome === undefined ? (
        <p className="text-muted">Asking the gate…</p>
      ) : (
        <div className={dryRun.old ? 'opacity-55' : ''}>
          <OutcomePanel outcome={outcome} ws={ws} happened={false} />
        </div>
      )}
      <p className="border-t border-line pt-3 text-sm text-faint">
        {shown !== undefined && (
          <>
            Answered <Time at={new Date(shown.at).toISOString()} />.{' '}
          </>
        )}
        A preview reserves nothing; the gate decides again when you start.
      </p>
    </section>
  );
}

/** The verdict before the click, the button, and a refusal should it come. */
export function WorkflowAside(props: WorkflowAsideProps) {
  const { ws, formId, label, refused, asked, batch, start, onSubmit } = props;
  return (
    <aside className="panel grid min-w-0 gap-4 p-5 wrap-anywhere lg:sticky lg:top-19">
      {batch === null ? (
        <p className="text-muted">
          {refused} Here you will see what the start gate would answer, before you start.
        </p>
      ) : (
        <Foretold batch={batch} ws={ws} />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          form={formId}
          look="primary"
          size="large"
          pending={start.isPending}
          refused={refused}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          {asked?.check ? `Check: ${label.charAt(0).toLowerCase()}${label.slice(1)}` : label}
        </Button>
        {asked !== null && <CopyAs call={() => workflowCall(asked)} />}
      </div>
      {start.isError && <FaultLine error={start.error} onRetry={onSubmit} />}
    </aside>
  );
}
