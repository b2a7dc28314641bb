import { StepLink } from '../ui/step-link.tsx';
import { Time } from '../ui/time.tsx';
import { Panel } from './panel.tsx';
import { useOverviewPart } from './use-overview.ts';

/** The tail of the audit, each change with a link to its object. */
export function ChangesPanel() {
  const query = useOverviewPart('changes');
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
                  <li
                    key={change.id}
                    className="relative grid min-h-(--row) items-center gap-x-4 px-4 py-1.5 hover:bg-hover sm:grid-cols-[minmax(0,1fr)_auto]"
                  >
                    <StepLink
                      href={change.href}
                      className="min-w-0 after:absolute after:inset-0 hover:underline"
                    >
                      {change.sentence}
                    </StepLink>
                    <span className="text-sm text-muted">
                      <Time at={change.at} />
                    </span>
                  </li>
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
