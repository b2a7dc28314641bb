import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { Link } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import { OutcomePanel } from '../gate/outcome-panel.tsx';
import { ActionButton } from '../run/action-button.tsx';
import { Progress } from '../run/progress.tsx';
import { Status } from '../run/status.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { TermLink } from '../ui/term-link.tsx';
import { Time } from '../ui/time.tsx';
import { EvidenceSign } from './evidence-sign.tsx';
import type { TaskView } from './session-view.ts';

interface TaskCardProps {
  ws: string;
  task: TaskView;
  /** Why it cannot be run now; null when it can. */
  refused: string | null;
  /** Whether it is the one to run next. */
  next: boolean;
  pending: boolean;
  /** What the gate answered to the last start of it here. */
  outcome: StartOutcome | undefined;
  error: unknown;
  onRun: () => void;
}

/** A task of the board: how it stands, why, since when, what helps, and the button that asks again. */
export function TaskCard(props: TaskCardProps) {
  const { ws, task, refused, next, pending, outcome, error, onRun } = props;
  const { activeRun, lastRun, recordedAt, reason } = task;
  const refusal = outcome !== undefined && outcome.run === undefined ? outcome : null;
  return (
    <li className="grid gap-2 px-4 py-3 md:px-5">
      <div className="grid items-start gap-x-4 gap-y-2 sm:grid-cols-[7rem_minmax(0,1fr)_auto]">
        <EvidenceSign status={task.status} />
        <div className="grid min-w-0 gap-0.5">
          <h3 className="font-medium">{task.label}</h3>
          {(reason !== undefined || task.message !== undefined) && (
            <p className="text-sm text-muted">
              {reason !== undefined && (
                <TermLink term={`reason-${reason.code}`}>
                  <span className="font-medium text-ink">{reason.label}</span>
                </TermLink>
              )}
              {reason !== undefined && '. '}
              {task.message ?? reason?.text}
            </p>
          )}
          <p className="flex flex-wrap items-center gap-x-3 text-sm text-faint">
            {recordedAt === undefined ? (
              'No evidence yet'
            ) : (
              <span>
                Seen <Time at={recordedAt} hinted />
              </span>
            )}
            {lastRun !== undefined && (
              <Link
                to="/w/$ws/runs/$runId"
                params={{ ws, runId: String(lastRun.id) }}
                className="link inline-flex min-h-6 items-center"
              >
                Run #{lastRun.id}
              </Link>
            )}
            {recordedAt !== undefined && (
              <Link
                to="."
                search={(old) => ({ ...old, evidence: task.task })}
                resetScroll={false}
                className="link inline-flex min-h-6 items-center"
              >
                Evidence<span className="sr-only"> of {task.label}</span>
              </Link>
            )}
          </p>
        </div>
        {activeRun === undefined ? (
          <ActionButton
            look={next ? 'primary' : 'plain'}
            icon={<RotateCw size={15} aria-hidden="true" />}
            pending={pending}
            refused={refused}
            aria-label={`${lastRun === undefined ? 'Run' : 'Run again'}: ${task.label}`}
            onClick={onRun}
          >
            {lastRun === undefined ? 'Run' : 'Run again'}
          </ActionButton>
        ) : (
          <div className="grid justify-items-start gap-1 sm:justify-items-end">
            <Status status={activeRun.status} meaning="title" />
            <Link
              to="/w/$ws/runs/$runId"
              params={{ ws, runId: String(activeRun.id) }}
              className="link inline-flex min-h-6 items-center text-sm"
            >
              Run #{activeRun.id}
            </Link>
            {activeRun.counts.total > 0 && <Progress counts={activeRun.counts} />}
          </div>
        )}
      </div>
      {task.nextSteps.length > 0 && activeRun === undefined && (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm sm:ml-32">
          {task.nextSteps.map((step) => (
            <li key={step.code} className="inline-flex min-h-6 items-center">
              <StepLink href={step.href}>{step.label}</StepLink>
            </li>
          ))}
        </ul>
      )}
      {error != null && <FaultLine error={error} />}
      {refusal !== null && (
        <div role="alert" className="rounded-md border border-line bg-sunken p-4">
          <OutcomePanel outcome={refusal} ws={ws} happened />
        </div>
      )}
    </li>
  );
}
