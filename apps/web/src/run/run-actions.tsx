import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { Link } from '@tanstack/react-router';
import { Ban, OctagonX, RotateCcw, RotateCw } from 'lucide-react';
import { buttonClass } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { ActionButton } from './action-button.tsx';
import type { RunDeeds } from './run-deeds.ts';
import type { RunView } from './run-view.ts';

interface RunActionsProps {
  run: RunView;
  ws: string;
  deeds: RunDeeds;
}

function EndedActions({ run, ws, deeds }: RunActionsProps) {
  const noReplay = deeds.refusalOf('replay');
  const noRetry = deeds.refusalOf('retry_failed_items');
  const replay = (
    <>
      <RotateCw size={15} aria-hidden="true" />
      Replay…
    </>
  );
  return (
    <>
      {(run.counts.failed > 0 || noRetry === null) && (
        <ActionButton
          icon={<RotateCcw size={15} aria-hidden="true" />}
          refused={noRetry}
          pending={deeds.retry.isPending}
          onClick={() => deeds.retry.mutate()}
        >
          {`Retry ${run.counts.failed} failed`}
        </ActionButton>
      )}
      {noReplay === null ? (
        <Link to="/w/$ws/start" params={{ ws }} search={{ replay: String(run.id) }} className={buttonClass()}>
          {replay}
        </Link>
      ) : (
        <ActionButton refused={noReplay}>{replay}</ActionButton>
      )}
    </>
  );
}

function OpenActions({ run, deeds }: RunActionsProps) {
  const asked = run.cancelRequestedAt !== undefined;
  return (
    <>
      <ActionButton
        look="danger"
        icon={<Ban size={15} aria-hidden="true" />}
        refused={deeds.refusalOf('cancel')}
        onClick={() => deeds.ask('cancel')}
      >
        {asked ? 'Cancelling' : 'Cancel…'}
      </ActionButton>
      {asked && (
        <ActionButton
          look="danger"
          icon={<OctagonX size={15} aria-hidden="true" />}
          refused={deeds.refusalOf('force_cancel')}
          onClick={() => deeds.ask('force_cancel')}
        >
          Force cancel…
        </ActionButton>
      )}
    </>
  );
}

/** What may be done with a run now. What may not is there too and says why. */
export function RunActions(props: RunActionsProps) {
  const { run } = props;
  return (
    <>
      <CopyAs call={() => ({ method: 'GET', path: `/v1/runs/${run.id}` })} link />
      {isTerminal(run.status) ? <EndedActions {...props} /> : <OpenActions {...props} />}
    </>
  );
}
