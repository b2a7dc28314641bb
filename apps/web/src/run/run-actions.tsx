import { isTerminal } from '@signalbox/domain/run/lifecycle';
import { Link } from '@tanstack/react-router';
import { Ban, OctagonX, RotateCcw, RotateCw, Undo2 } from 'lucide-react';
import { useCan } from '../access/session.ts';
import { rollbackOf } from '../provisioning/rollback-links.ts';
import { buttonClass } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { ActionButton } from './action-button.tsx';
import { infraOf } from './infra-of.ts';
import type { RunDeeds } from './run-deeds.ts';
import type { RunView } from './run-view.ts';

interface RunActionsProps {
  run: RunView;
  ws: string;
  deeds: RunDeeds;
}

/** Undoing what a run has changed, or what a rollback has left standing. */
function RollBack({ run, ws }: Pick<RunActionsProps, 'run' | 'ws'>) {
  const may = useCan('rollback.execute');
  // What only planned has changed nothing.
  const href = infraOf(run)?.check === true ? null : rollbackOf(run, ws);
  if (href === null) return null;
  const inside = (
    <>
      <Undo2 size={15} aria-hidden="true" />
      {run.operation === 'provisioning_rollback' ? 'Roll back the rest…' : 'Roll back…'}
    </>
  );
  return may ? (
    <StepLink href={href} className={buttonClass()}>
      {inside}
    </StepLink>
  ) : (
    <ActionButton refused="Needs rollback.execute, which your role does not hold">{inside}</ActionButton>
  );
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
  // Its plan is of its time: what it has left is planned anew, and not repeated.
  if (run.operation === 'provisioning_rollback') return <RollBack run={run} ws={ws} />;
  return (
    <>
      <RollBack run={run} ws={ws} />
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
