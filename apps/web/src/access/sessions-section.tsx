import type { AccountSession } from '@signalbox/contracts/access/account-session';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Monitor, SquareTerminal } from 'lucide-react';
import { useId, useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { faultOf } from '../client/problem-model.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { toast } from '../ui/toasts.tsx';

const again = () => queryClient.invalidateQueries({ queryKey: trpc.account.sessions.queryKey() });

function Row({ session }: { session: AccountSession }) {
  const { id, current, kind, device, address, createdAt, lastSeenAt } = session;
  const end = useMutation({
    mutationFn: () => api.account.revokeSession.mutate({ id }),
    onSuccess: again,
    onError: (error) => {
      // Gone already is what was wanted.
      if (faultOf(error).kind === 'not-found') void again();
      else toast('Still signed in', faultOf(error).detail);
    },
  });
  const Sign = kind === 'console' ? Monitor : SquareTerminal;
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2.5">
      <Sign size={18} className="self-start text-faint" aria-hidden="true" />
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2 font-medium">
          <span className="break-words">{device}</span>
          {current && <span className="text-sm font-normal text-clear">this session</span>}
          {kind === 'token' && <span className="text-sm font-normal text-muted">with a token</span>}
        </p>
        <p className="flex flex-wrap gap-x-3 text-sm text-muted">
          <span>
            Seen <Time at={lastSeenAt} />
          </span>
          <span>
            Signed in <Time at={createdAt} />
          </span>
          {address !== null && <span className="font-mono text-xs/5 break-all text-faint">{address}</span>}
        </p>
      </div>
      {!current && (
        <Button
          size="small"
          look="danger"
          pending={end.isPending}
          aria-label={`End the session in ${device}`}
          onClick={() => end.mutate()}
        >
          End
        </Button>
      )}
    </li>
  );
}

interface OthersProps {
  count: number;
  onClose: () => void;
}

function EndOthers({ count, onClose }: OthersProps) {
  const end = useMutation({
    mutationFn: () => api.account.revokeOtherSessions.mutate({}),
    onSuccess: async ({ ended }) => {
      await again();
      onClose();
      toast(ended === 1 ? 'One session ended' : `${ended} sessions ended`, 'You are signed in only here.');
    },
  });
  return (
    <Dialog open onClose={onClose} title="End your other sessions">
      <p className="text-muted">
        {count === 1
          ? 'The other browser or program is signed out at once.'
          : `The ${count} other browsers and programs are signed out at once.`}{' '}
        What they were doing on the server goes on.
      </p>
      {end.isError && <FaultLine error={end.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Keep them</Button>
        <Button look="danger" pending={end.isPending} onClick={() => end.mutate()}>
          End them
        </Button>
      </div>
    </Dialog>
  );
}

/** Where one is signed in, and the end of it. */
export function SessionsSection() {
  const id = useId();
  const [asking, setAsking] = useState(false);
  const query = useQuery(trpc.account.sessions.queryOptions({}));
  const { items: found = [], total = 0 } = query.data ?? {};
  const items = [...found].sort((a, b) => Number(b.current) - Number(a.current));
  const others = total - 1;
  return (
    <section aria-labelledby={id} className="panel min-w-0 overflow-hidden">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 border-b border-line px-4 py-1.5">
        <h2 id={id} className="text-base font-semibold">
          Sessions
        </h2>
        {others > 0 && (
          <Button size="small" onClick={() => setAsking(true)}>
            End all others
          </Button>
        )}
      </div>
      {query.isError && (
        <div className="p-3">
          <FaultLine error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isPending && <SkeletonRows rows={3} />}
      {items.length > 0 && (
        <ul aria-labelledby={id} className="divide-y divide-line">
          {items.map((session) => (
            <Row key={session.id} session={session} />
          ))}
        </ul>
      )}
      {query.isSuccess && (
        <p className="border-t border-line px-4 py-2.5 text-sm text-muted">
          {total > items.length ? `The newest ${items.length} of ${total}. ` : ''}
          {others === 0 ? 'You are signed in only here. ' : ''}A session ends after 12 hours without use, and
          after 7 days in any case.
        </p>
      )}
      {asking && <EndOthers count={others} onClose={() => setAsking(false)} />}
    </section>
  );
}
