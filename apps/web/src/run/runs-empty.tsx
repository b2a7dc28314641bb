import { Link } from '@tanstack/react-router';
import { Filter, Inbox } from 'lucide-react';
import { buttonClass } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { isFiltered, type RunsSearch } from './runs-search.ts';

/** No runs: because there are none yet, or because the filter leaves none. */
export function RunsEmpty({ search, ws }: { search: RunsSearch; ws: string }) {
  if (isFiltered(search) || search.cursor !== undefined) {
    return (
      <Notice
        icon={<Filter size={26} aria-hidden="true" />}
        title="No run matches"
        actions={
          <Link to="/w/$ws/runs" params={{ ws }} className={buttonClass('plain')}>
            Clear the filter
          </Link>
        }
      >
        There are no runs with what the filter asks for.
      </Notice>
    );
  }
  const curl = () =>
    `curl -sS ${location.origin}/v1/runs -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"operation":"snapshot_capture","tenantId":1}'`;
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
