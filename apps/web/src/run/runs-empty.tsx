import { Link } from '@tanstack/react-router';
import { Filter, Inbox } from 'lucide-react';
import { buttonClass } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { type FilterNames, termsOf } from './filter-grammar.ts';
import { writeTerm } from './filter-terms.ts';
import { countWords, useRunCounts } from './runs-facets.tsx';
import { filterKeys, isFiltered, type RunsSearch } from './runs-search.ts';

/** The filter leaves nothing: how much there is without it, and each term that can go. */
function NothingMatches({ search, ws, names }: { search: RunsSearch; ws: string; names: FilterNames }) {
  const all = useRunCounts({});
  const terms = termsOf(search, names);
  const cleared = Object.fromEntries(filterKeys.map((key) => [key, undefined]));
  const total = all.data === undefined ? 'No run' : `0 of ${countWords(all.data.total)} runs`;
  return (
    <Notice
      role="status"
      icon={<Filter size={26} aria-hidden="true" />}
      title={`${total} ${all.data === undefined ? 'matches' : 'match'}`}
      actions={
        <>
          {terms.map(({ from, term }) => (
            <Link
              key={from}
              to="/w/$ws/runs"
              params={{ ws }}
              search={{ ...search, [from]: undefined, cursor: undefined }}
              activeOptions={{ exact: true, includeSearch: true }}
              className={buttonClass('plain')}
            >
              Clear <span className="font-mono text-xs">{writeTerm(term)}</span>
            </Link>
          ))}
          {terms.length !== 1 && (
            <Link
              to="/w/$ws/runs"
              params={{ ws }}
              search={{ ...search, ...cleared, cursor: undefined }}
              activeOptions={{ exact: true, includeSearch: true }}
              className={buttonClass('plain')}
            >
              Clear all
            </Link>
          )}
        </>
      }
    >
      No run you may see has all of what the filter asks for.
    </Notice>
  );
}

/** No runs: because there are none yet, or because the filter leaves none. */
export function RunsEmpty({ search, ws, names }: { search: RunsSearch; ws: string; names: FilterNames }) {
  if (isFiltered(search)) return <NothingMatches search={search} ws={ws} names={names} />;
  if (search.cursor !== undefined) {
    return (
      <Notice
        icon={<Filter size={26} aria-hidden="true" />}
        title="Nothing on this page"
        actions={
          <Link
            to="/w/$ws/runs"
            params={{ ws }}
            search={{ ...search, cursor: undefined }}
            className={buttonClass('plain')}
          >
            Go to the newest runs
          </Link>
        }
      >
        There are no runs beyond this place.
      </Notice>
    );
  }
  const curl = () =>
    `curl -sS ${location.origin}/v1/runs -H "Authorization: Bearer $SIGNALBOX_TOKEN" -H 'X-Workspace-Id: ${ws}' -H 'Content-Type: application/json' -d '{"operation":"snapshot_capture","tenantId":1}'`;
  return (
    <Notice
      icon={<Inbox size={26} aria-hidden="true" />}
      title="No runs yet"
      actions={
        <>
          <Link to="/w/$ws/start" params={{ ws }} className={buttonClass('primary')}>
            Start a run
          </Link>
          <CopyButton text={curl}>Copy as curl</CopyButton>
        </>
      }
    >
      A run is one execution of an operation: a capture, a preview, a restore. Each passes the start gate
      first.
    </Notice>
  );
}
