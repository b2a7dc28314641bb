import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Flag, Plus } from 'lucide-react';
import { useCan } from '../access/session.ts';
import { queryClient, trpc } from '../client/api.ts';
import { useRunHints } from '../live/use-run-hints.ts';
import { ActionButton } from '../run/action-button.tsx';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { comparedOf, toggleCompared } from './checkpoint-choice.ts';
import { changesText, notRestorable, sizeWords } from './checkpoint-model.ts';
import type { CheckpointRowView } from './checkpoint-view.ts';
import { CompareCheckpoints } from './compare-checkpoints.tsx';
import { NewCheckpoint } from './new-checkpoint.tsx';

const route = getRouteApi('/w/$ws/checkpoints');
const columns =
  'md:grid-cols-[1.5rem_minmax(0,2fr)_minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1.8fr)_5rem_7rem] md:items-center gap-x-5';

/** Whether one can go back to it, or why not. */
function Restorable({ checkpoint }: { checkpoint: CheckpointRowView }) {
  const problem = notRestorable(checkpoint);
  return problem === null ? (
    <span>
      <span className="font-medium">{changesText(checkpoint.changesSince)}</span>{' '}
      <span className="text-muted">since</span>
    </span>
  ) : (
    <span className="text-muted">{problem}</span>
  );
}

interface RowProps {
  checkpoint: CheckpointRowView;
  ws: string;
  chosen: boolean;
  onChoose: () => void;
}

function Row({ checkpoint, ws, chosen, onChoose }: RowProps) {
  const { id, name, description, createdBy, createdAt, sizeBytes, position } = checkpoint;
  return (
    <li
      className={`relative grid min-h-(--row) grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3 gap-y-1 px-4 py-2.5 hover:bg-hover ${chosen ? 'bg-accent-soft' : ''} ${columns}`}
    >
      <label className="relative z-1 -m-1 inline-flex size-8 items-center justify-center">
        <input
          type="checkbox"
          aria-label={`Compare ${name}`}
          className="size-4 accent-accent"
          checked={chosen}
          onChange={onChoose}
        />
      </label>
      <span className="min-w-0">
        <Link
          to="/w/$ws/checkpoints/$checkpointId"
          params={{ ws, checkpointId: id }}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {name}
        </Link>
        {description !== undefined && (
          <span className="block truncate text-sm text-muted">{description}</span>
        )}
      </span>
      <span className="col-start-2 flex min-w-0 flex-wrap gap-x-3 text-sm text-muted md:contents">
        <span className="truncate text-sm text-muted">{createdBy}</span>
        <span className="text-sm text-muted">
          {position === 0 ? 'Before any change' : `All changes up to ${position.toLocaleString('en')}`}
        </span>
      </span>
      <span className="col-start-2 text-sm md:col-start-auto">
        <Restorable checkpoint={checkpoint} />
      </span>
      <span className="col-start-2 flex gap-x-3 text-sm text-muted tabular-nums md:contents">
        <span className="text-sm text-muted tabular-nums">{sizeWords(sizeBytes)}</span>
        <span className="text-sm text-muted">
          <Time at={createdAt} />
        </span>
      </span>
    </li>
  );
}

function NoCheckpoints({ refused, onNew }: { refused: string | null; onNew: () => void }) {
  const { cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const icon = <Flag size={26} aria-hidden="true" />;
  if (cursor !== undefined) {
    return (
      <Notice
        icon={icon}
        title="No checkpoint here"
        actions={<Button onClick={() => void navigate({ search: {} })}>From the beginning</Button>}
      >
        Nothing stands on this page of the list.
      </Notice>
    );
  }
  return (
    <Notice
      icon={icon}
      title="No checkpoints yet"
      actions={
        <>
          <Button look="primary" refused={refused} onClick={onNew}>
            Make the first checkpoint
          </Button>
          <CopyAs
            label="Copy the call"
            call={() => ({
              method: 'POST',
              path: '/v1/checkpoints',
              keyed: true,
              body: { name: 'before the upgrade' },
            })}
          />
        </>
      }
    >
      A checkpoint names a position in the log of everything that was made, changed and removed. A rollback
      can go back to it.
    </Notice>
  );
}

/** Checkpoints, newest first; two of them can be compared. */
export function CheckpointsPage() {
  const { ws } = route.useParams();
  const { cursor, compare, open } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useCan('checkpoint.create');
  const refused = may ? null : 'Needs checkpoint.create, which your role does not hold';
  const input = { limit: 50, ...(cursor !== undefined && { cursor }) };
  const query = useQuery(
    trpc.checkpoint.list.queryOptions(input, { placeholderData: keepPreviousData, staleTime: 0 }),
  );
  // What a run changes counts here.
  useRunHints(
    () => true,
    () => void queryClient.invalidateQueries({ queryKey: trpc.checkpoint.list.queryKey() }),
  );
  const rows = query.data?.items ?? [];
  const chosen = comparedOf(compare);
  const show = (part: { open?: 'new' | undefined; compare?: string | undefined }) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  return (
    <Page
      title="Checkpoints"
      actions={
        <>
          <CopyAs call={() => ({ method: 'GET', path: '/v1/checkpoints', query: input })} link />
          <ActionButton
            look="primary"
            icon={<Plus size={15} aria-hidden="true" />}
            refused={refused}
            onClick={() => show({ open: 'new' })}
          >
            New checkpoint
          </ActionButton>
        </>
      }
    >
      {chosen.length > 0 && (
        <CompareCheckpoints key={compare} ids={chosen} ws={ws} onClear={() => show({ compare: undefined })} />
      )}
      <section aria-label="All checkpoints" className="panel min-w-0 overflow-hidden">
        {query.isPending ? (
          <SkeletonRows rows={6} />
        ) : query.isError && query.data === undefined ? (
          <FaultView error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <NoCheckpoints refused={refused} onNew={() => show({ open: 'new' })} />
        ) : (
          <div className={query.isPlaceholderData ? 'opacity-60' : ''}>
            <div
              aria-hidden="true"
              className={`eyebrow hidden border-b border-line px-4 py-2 md:grid ${columns}`}
            >
              <span />
              <span>Checkpoint</span>
              <span>Made by</span>
              <span>Covers</span>
              <span>Going back undoes</span>
              <span>Size</span>
              <span>Age</span>
            </div>
            <ul aria-label="Checkpoints" className="divide-y divide-line">
              {rows.map((checkpoint) => (
                <Row
                  key={checkpoint.id}
                  checkpoint={checkpoint}
                  ws={ws}
                  chosen={chosen.includes(checkpoint.id)}
                  onChoose={() => show({ compare: toggleCompared(compare, checkpoint.id) })}
                />
              ))}
            </ul>
          </div>
        )}
      </section>
      <Pager cursor={cursor} next={query.data?.nextCursor} />
      {open === 'new' && may && <NewCheckpoint ws={ws} onClose={() => show({ open: undefined })} />}
    </Page>
  );
}
