import type { Change } from '@signalbox/contracts/overview/get-overview';
import { StatusIcon } from '../run/status-icon.tsx';
import { statusView } from '../run/status-model.ts';
import { toneInk } from '../run/tone-ink.ts';
import { StepLink } from '../ui/step-link.tsx';
import { Time } from '../ui/time.tsx';
import { Panel } from './panel.tsx';
import { useOverviewPart } from './use-overview.ts';

/** How a run ended, as a shape to scan for; the sentence says the same in words. */
function Sign({ status }: { status: Change['runStatus'] }) {
  if (status === undefined) return <span />;
  const { shape, tone } = statusView(status);
  return (
    <span className={`flex min-h-5.5 items-center ${toneInk[tone]}`}>
      <StatusIcon shape={shape} size={15} />
    </span>
  );
}

function Row({ change }: { change: Change }) {
  return (
    <li className="relative grid min-h-(--row) grid-cols-[1.125rem_minmax(0,1fr)] content-center items-start gap-x-3 px-4 py-1.5 hover:bg-hover sm:grid-cols-[1.125rem_minmax(0,1fr)_auto]">
      <Sign status={change.runStatus} />
      <StepLink href={change.href} className="min-w-0 after:absolute after:inset-0 hover:underline">
        {change.sentence}
      </StepLink>
      <span className="text-sm text-muted max-sm:col-start-2">
        {change.runId !== undefined && (
          <span className="mr-3 font-mono text-xs text-faint">#{change.runId}</span>
        )}
        <Time at={change.at} />
      </span>
    </li>
  );
}

/** The tail of the audit, each change with a link to its object. `quiet`: not shown while there is none. */
export function ChangesPanel({ quiet }: { quiet: boolean }) {
  const query = useOverviewPart('changes');
  if (quiet && query.data?.changes?.items.length === 0) return null;
  return (
    <Panel title="Recent changes" query={query} rows={6}>
      {({ changes }) =>
        changes !== undefined && (
          <>
            {changes.items.length === 0 ? (
              <p className="px-4 py-5 text-muted">Nothing has changed yet.</p>
            ) : (
              <ul className="divide-y divide-line">
                {changes.items.map((change) => (
                  <Row key={change.id} change={change} />
                ))}
              </ul>
            )}
            {changes.limitedTo === 'runs' && (
              <p className="border-t border-line px-4 py-2.5 text-sm text-muted">
                Only what became of runs is shown. The whole audit needs{' '}
                <code className="font-mono text-xs">audit.read</code>.
              </p>
            )}
          </>
        )
      }
    </Panel>
  );
}
