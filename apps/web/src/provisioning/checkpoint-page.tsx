import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Download, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useCan } from '../access/session.ts';
import { queryClient, trpc } from '../client/api.ts';
import { useRunHints } from '../live/use-run-hints.ts';
import { ActionButton } from '../run/action-button.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Id } from '../ui/id.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { saveFile } from '../ui/save-file.ts';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import {
  byKind,
  changesText,
  countKinds,
  type KeptResource,
  kindHeading,
  notRestorable,
  readContent,
  sizeWords,
  stateLine,
} from './checkpoint-model.ts';
import type { CheckpointView } from './checkpoint-view.ts';

const route = getRouteApi('/w/$ws/checkpoints/$checkpointId');

/** Resources of a kind that are drawn before one asks for more. */
const pageSize = 100;

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

function RollBack({ checkpoint, ws }: { checkpoint: CheckpointView; ws: string }) {
  const may = useCan('rollback.execute');
  const problem = notRestorable(checkpoint);
  const refused = may
    ? problem === null
      ? null
      : `${problem}.`
    : 'Needs rollback.execute, which your role does not hold';
  const inside = (
    <>
      <Undo2 size={15} aria-hidden="true" />
      Roll back to this…
    </>
  );
  if (refused !== null) return <ActionButton refused={refused}>{inside}</ActionButton>;
  return (
    <Link
      to="/w/$ws/rollback"
      params={{ ws }}
      search={{ checkpoint: checkpoint.id }}
      className={buttonClass()}
    >
      {inside}
    </Link>
  );
}

function Kind({ kind, resources }: { kind: string; resources: readonly KeptResource[] }) {
  const [most, setMost] = useState(pageSize);
  const columns = 'md:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_minmax(0,1fr)_minmax(0,2fr)] gap-x-6';
  return (
    <section aria-label={kindHeading(kind)} className="panel min-w-0 overflow-hidden">
      <h2 className="flex min-h-11 items-center gap-2 border-b border-line px-4 text-base font-semibold">
        {kindHeading(kind)}
        <span className="font-normal text-faint tabular-nums">{resources.length.toLocaleString('en')}</span>
      </h2>
      <div aria-hidden="true" className={`eyebrow hidden border-b border-line px-4 py-2 md:grid ${columns}`}>
        <span>Name</span>
        <span>Infra</span>
        <span>Provider</span>
        <span>As it was</span>
      </div>
      <ul className="divide-y divide-line">
        {resources.slice(0, most).map(({ infra, name, provider, externalId, state }) => (
          <li
            key={`${infra} ${name}`}
            className={`grid gap-y-0.5 px-4 py-2.5 text-sm [overflow-wrap:anywhere] ${columns}`}
          >
            <span className="min-w-0 font-mono">{name}</span>
            <span className="min-w-0 text-muted">{infra}</span>
            <span className="min-w-0 text-muted">
              {provider}
              {externalId !== null && (
                <span className="block font-mono text-xs text-faint">{externalId}</span>
              )}
            </span>
            <span className="min-w-0 text-muted">{stateLine(state)}</span>
          </li>
        ))}
      </ul>
      {resources.length > most && (
        <div className="grid justify-items-center border-t border-line py-3">
          <Button onClick={() => setMost(most + pageSize)}>
            Show {Math.min(pageSize, resources.length - most)} more
          </Button>
        </div>
      )}
    </section>
  );
}

/** Letters and digits of the name, so that every system takes it for a file. */
function fileName({ name, position }: CheckpointView): string {
  return `checkpoint-${position}-${name.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 60)}.json`;
}

function Checkpoint({ checkpoint, ws }: { checkpoint: CheckpointView; ws: string }) {
  const { infras, resources } = readContent(checkpoint.content);
  const problem = notRestorable(checkpoint);
  return (
    <Page
      title={checkpoint.name}
      trail={
        <Link to="/w/$ws/checkpoints" params={{ ws }} className="link">
          Checkpoints
        </Link>
      }
      actions={
        <>
          <CopyAs call={() => ({ method: 'GET', path: `/v1/checkpoints/${checkpoint.id}` })} link />
          <Button
            icon={<Download size={15} aria-hidden="true" />}
            onClick={() =>
              saveFile(fileName(checkpoint), [JSON.stringify(checkpoint, null, 2)], 'application/json')
            }
          >
            Download JSON
          </Button>
          <RollBack checkpoint={checkpoint} ws={ws} />
        </>
      }
    >
      <section
        aria-label="What it is"
        className="panel grid gap-4 p-4 md:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] md:gap-8"
      >
        <div className="grid content-start gap-2 [overflow-wrap:anywhere]">
          <p className="text-base font-medium">
            {problem === null
              ? `Going back undoes ${changesText(checkpoint.changesSince).toLowerCase()}.`
              : `${problem}.`}
          </p>
          {checkpoint.description !== undefined && (
            <p className="whitespace-pre-wrap text-muted">{checkpoint.description}</p>
          )}
          <p className="text-muted">
            {infras.length === 0
              ? 'There was no infra when it was made.'
              : `It holds ${countKinds(resources)} in ${infras.length === 1 ? '1 infra' : `${infras.length} infras`}.`}
          </p>
        </div>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] content-start gap-x-5 gap-y-1.5 text-sm">
          <Fact name="Id">
            <Id id={checkpoint.id} />
          </Fact>
          <Fact name="Made by">
            {checkpoint.createdBy}, <Time at={checkpoint.createdAt} hinted />
          </Fact>
          <Fact name="Covers">
            {checkpoint.position === 0
              ? 'Nothing had changed yet'
              : `All changes up to ${checkpoint.position.toLocaleString('en')}`}
          </Fact>
          <Fact name="Size">{sizeWords(checkpoint.sizeBytes)}</Fact>
          {infras.length > 0 && <Fact name="Infras">{infras.join(', ')}</Fact>}
        </dl>
      </section>
      {resources.length === 0 ? (
        <section aria-label="What stood" className="panel">
          <Notice title="Nothing stood then">Going back to it removes everything made since.</Notice>
        </section>
      ) : (
        byKind(resources).map(({ kind, things }) => <Kind key={kind} kind={kind} resources={things} />)
      )}
    </Page>
  );
}

/** An id that no thing has, asked for in place of one that no thing can have. */
const noCheckpoint = '00000000-0000-7000-8000-000000000000';
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One checkpoint: everything that stood when it was made, and the way back to it. */
export function CheckpointPage() {
  const { ws, checkpointId } = route.useParams();
  const id = idPattern.test(checkpointId) ? checkpointId : noCheckpoint;
  const query = useQuery(trpc.checkpoint.get.queryOptions({ id }, { staleTime: 0 }));
  // What a run changes counts here.
  useRunHints(
    () => true,
    () => void queryClient.invalidateQueries({ queryKey: trpc.checkpoint.get.queryKey({ id }) }),
  );
  if (query.data !== undefined) return <Checkpoint key={id} checkpoint={query.data} ws={ws} />;
  return (
    <Page title="Checkpoint">
      {query.isError ? (
        <FaultView error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonBlock className="h-60" />
      )}
    </Page>
  );
}
