import { Link } from '@tanstack/react-router';
import { HolderLink } from '../gate/holder-link.tsx';
import { Outcome } from '../gate/outcome.tsx';
import { startOutcomes } from '../gate/outcome-model.ts';
import { Status } from '../run/status.tsx';
import { StatusIcon } from '../run/status-icon.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { Duration, Time } from '../ui/time.tsx';
import type { BulkItemView } from './bulk-view.ts';
import { itemStatusView, outcomeWords } from './bulk-words.ts';

interface RowProps {
  item: BulkItemView;
  ws: string;
}

/** What was answered to a run: the gate's plate, or in words what a cancel came to. */
function Answer({ item }: { item: BulkItemView }) {
  const { outcome, status } = item;
  const plate = startOutcomes.find((one) => one === outcome);
  const view = itemStatusView[status];
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${view.ink}`}>
        <StatusIcon shape={view.shape} />
        {view.word}
      </span>
      {plate !== undefined && <Outcome outcome={plate} />}
      {plate === undefined && outcome !== undefined && (
        <span className="text-sm text-muted">{outcomeWords[outcome]}</span>
      )}
    </span>
  );
}

/** Why a run waits: who holds the scope, or until when the provider wants peace. */
function Waiting({ item, ws }: RowProps) {
  const { holder, retryAt, waitingSince } = item;
  if (item.status !== 'waiting') return null;
  if (waitingSince === undefined) return <>Not tried yet.</>;
  return (
    <>
      {holder !== undefined ? (
        <>
          Waits for the scope that <HolderLink holder={holder} ws={ws} /> holds
        </>
      ) : retryAt !== undefined ? (
        <>
          The provider asked to wait; tried again <Time at={retryAt} />
        </>
      ) : (
        <>Its scope is free; it is next</>
      )}
      , since <Duration from={waitingSince} to={null} />.
    </>
  );
}

/** Why a run was refused or passed over, and what helps. */
function Why({ item, ws }: RowProps) {
  if (item.status === 'waiting') return <Waiting item={item} ws={ws} />;
  if (item.status === 'aborted') return <>Never tried: the bulk action was aborted.</>;
  const steps = item.status === 'failed' ? item.nextSteps : [];
  return (
    <>
      {item.message}
      {steps.length > 0 && (
        <span className="flex flex-wrap gap-x-3">
          {steps.map((step) => (
            <StepLink key={step.code} href={step.href} className="link inline-flex min-h-6 items-center">
              {step.label}
            </StepLink>
          ))}
        </span>
      )}
    </>
  );
}

function RunLink({ run, ws }: { run: BulkItemView['source']; ws: string }) {
  return (
    <Link
      to="/w/$ws/runs/$runId"
      params={{ ws, runId: String(run.id) }}
      className="link inline-flex min-h-6 items-center font-mono text-sm whitespace-nowrap"
    >
      #{run.id}
    </Link>
  );
}

const cell = 'px-(--cell) py-2 align-top';

/** One run of a bulk action as a row. */
export function BulkItemRow({ item, ws }: RowProps) {
  const { run, source } = item;
  return (
    <tr className="border-t border-line">
      <td className={`${cell} pl-4`}>
        <RunLink run={source} ws={ws} /> <span className="text-sm text-faint">{source.codename}</span>
        <span className="block text-sm text-muted">
          {item.operationLabel}
          {item.tenant && ` · ${item.tenant.externalId}`}
        </span>
      </td>
      <td className={cell}>
        <Answer item={item} />
      </td>
      <td className={`${cell} max-w-120 text-sm`}>
        <Why item={item} ws={ws} />
      </td>
      <td className={`${cell} pr-4 whitespace-nowrap`}>
        {run === undefined ? (
          <span className="text-faint">—</span>
        ) : (
          <span className="inline-flex items-center gap-3">
            <RunLink run={run} ws={ws} />
            <Status status={run.status} meaning="title" />
          </span>
        )}
      </td>
    </tr>
  );
}

/** The same on a narrow screen. */
export function BulkItemCard({ item, ws }: RowProps) {
  const { run, source } = item;
  return (
    <li className="grid gap-1 px-4 py-3">
      <div className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-medium">
          {item.operationLabel}
          {item.tenant && <span className="font-normal text-muted"> · {item.tenant.externalId}</span>}
        </span>
        <RunLink run={source} ws={ws} />
      </div>
      <Answer item={item} />
      <div className="text-sm">
        <Why item={item} ws={ws} />
      </div>
      {run !== undefined && (
        <div className="flex items-center gap-3 text-sm">
          <RunLink run={run} ws={ws} />
          <Status status={run.status} meaning="title" />
        </div>
      )}
    </li>
  );
}
