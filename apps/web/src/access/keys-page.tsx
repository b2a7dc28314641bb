import type { ApiKey } from '@signalbox/contracts/access/api-key';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { KeyRound, Lock, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { trpc } from '../client/api.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { KeyRow, keyColumns } from './key-row.tsx';
import { keysInput } from './keys-search.ts';
import { RevokeKey } from './revoke-key.tsx';
import { useCan } from './session.ts';

const CreateKey = lazy(async () => ({ default: (await import('./create-key.tsx')).CreateKey }));
const RotateKey = lazy(async () => ({ default: (await import('./rotate-key.tsx')).RotateKey }));

const route = getRouteApi('/w/$ws/api-keys');

type Asked = { readonly deed: 'create' } | { readonly deed: 'rotate' | 'revoke'; readonly apiKey: ApiKey };

const tabs = [
  { show: undefined, label: 'In use' },
  { show: 'ended', label: 'Ended' },
] as const;

const tabClass =
  '-mb-px flex h-10 items-center border-b-2 border-transparent px-2.5 whitespace-nowrap text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink';

function NoKeys({ ended, onCreate }: { ended: boolean; onCreate: () => void }) {
  if (ended) {
    return (
      <Notice icon={<KeyRound size={26} aria-hidden="true" />} title="No key has ended">
        Keys that are revoked or expired stay here, so that what they did can be told.
      </Notice>
    );
  }
  return (
    <Notice
      icon={<KeyRound size={26} aria-hidden="true" />}
      title="No API keys yet"
      actions={<Button onClick={onCreate}>Make the first key</Button>}
    >
      A key lets a program call the API in this workspace. It may do what you name, until it ends or is
      revoked.
    </Notice>
  );
}

function Keys({ ask }: { ask: (asked: Asked) => void }) {
  const search = route.useSearch();
  const { ws } = route.useParams();
  const navigate = route.useNavigate();
  const query = useQuery(
    trpc.apiKey.list.queryOptions(keysInput(search), { placeholderData: keepPreviousData }),
  );
  const rows = query.data?.items ?? [];
  const { show, cursor } = search;
  const toggle = (id: string) =>
    void navigate({ search: (old) => ({ ...old, key: old.key === id ? undefined : id }), replace: true });
  return (
    <>
      <section aria-label="Keys" className="panel min-w-0 overflow-hidden">
        <nav aria-label="Which keys" className="flex gap-1 border-b border-line px-2">
          {tabs.map((tab) => (
            <Link
              key={tab.label}
              to="/w/$ws/api-keys"
              params={{ ws }}
              search={{ show: tab.show }}
              // Without it a tab that says nothing would be the present one beside every other.
              activeOptions={{ explicitUndefined: true }}
              aria-current={show === tab.show ? 'page' : undefined}
              className={tabClass}
            >
              {tab.label}
            </Link>
          ))}
        </nav>
        {query.isPending ? (
          <SkeletonRows rows={4} />
        ) : query.isError && query.data === undefined ? (
          <FaultView error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <NoKeys ended={show === 'ended'} onCreate={() => ask({ deed: 'create' })} />
        ) : (
          <div className={query.isPlaceholderData ? 'opacity-60' : ''}>
            <div
              aria-hidden="true"
              className={`eyebrow hidden gap-x-6 border-b border-line px-4 py-2 lg:grid ${keyColumns}`}
            >
              <span>Key</span>
              <span>May do</span>
              <span>{show === 'ended' ? 'Ended' : 'Ends'}</span>
              <span>Last used</span>
              <span>Made by</span>
            </div>
            <ul aria-label="API keys" className="divide-y divide-line">
              {rows.map((apiKey) => (
                <KeyRow
                  key={apiKey.id}
                  apiKey={apiKey}
                  open={search.key === apiKey.id}
                  onToggle={() => toggle(apiKey.id)}
                  onRotate={() => ask({ deed: 'rotate', apiKey })}
                  onRevoke={() => ask({ deed: 'revoke', apiKey })}
                />
              ))}
            </ul>
          </div>
        )}
      </section>
      {(cursor !== undefined || query.data?.nextCursor) && (
        <nav aria-label="Pages" className="flex justify-end gap-2">
          {cursor !== undefined && (
            <Link to="/w/$ws/api-keys" params={{ ws }} search={{ show }} className={buttonClass()}>
              Newest
            </Link>
          )}
          {query.data?.nextCursor && (
            <Link
              to="/w/$ws/api-keys"
              params={{ ws }}
              search={{ show, cursor: query.data.nextCursor }}
              className={buttonClass()}
            >
              Older
            </Link>
          )}
        </nav>
      )}
    </>
  );
}

/** Keys of the workspace for programs. */
export function KeysPage() {
  const may = useCan('key.manage');
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  if (!may) {
    return (
      <Page title="API keys">
        <div className="panel">
          <Notice icon={<Lock size={26} aria-hidden="true" />} title="You may not manage API keys">
            Needed: <code className="font-mono text-sm">key.manage</code>. Owners of the workspace hold it.
          </Notice>
        </div>
      </Page>
    );
  }
  return (
    <Page
      title="API keys"
      actions={
        <Button icon={<Plus size={15} aria-hidden="true" />} onClick={() => setAsked({ deed: 'create' })}>
          New API key
        </Button>
      }
    >
      <Keys ask={setAsked} />
      <Suspense>
        {asked?.deed === 'create' && <CreateKey onClose={close} />}
        {asked?.deed === 'rotate' && <RotateKey apiKey={asked.apiKey} onClose={close} />}
        {asked?.deed === 'revoke' && <RevokeKey apiKey={asked.apiKey} onClose={close} />}
      </Suspense>
    </Page>
  );
}
