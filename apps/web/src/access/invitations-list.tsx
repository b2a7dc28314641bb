import type { Invitation } from '@signalbox/contracts/access/invitation';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Lock, MailOpen } from 'lucide-react';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { FaultLine, FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonRows } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { TenantsText } from './member-row.tsx';
import { meQuery } from './session.ts';

function Fate({ invitation }: { invitation: Invitation }) {
  const { state, expiresAt, acceptedAt, revokedAt } = invitation;
  const words = { open: 'Open, runs out', accepted: 'Accepted', revoked: 'Taken back', expired: 'Ran out' };
  return (
    <span className={state === 'open' ? 'text-ink' : 'text-muted'}>
      {words[state]} <Time at={acceptedAt ?? revokedAt ?? expiresAt} />
    </span>
  );
}

function Row({ invitation }: { invitation: Invitation }) {
  const revoke = useMutation({
    mutationFn: () => api.invitation.revoke.mutate({ id: invitation.id }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.invitation.list.pathKey() }),
  });
  const { email, role, tenants, invitedBy, createdAt, state } = invitation;
  return (
    <li className="grid items-center gap-x-6 gap-y-1.5 px-4 py-2.5 hover:bg-hover sm:grid-cols-[minmax(0,1fr)_7rem_auto] lg:grid-cols-[minmax(0,1.4fr)_6rem_minmax(0,1fr)_minmax(0,1fr)_6rem]">
      <div className="min-w-0">
        <p className="truncate font-medium">{email}</p>
        <p className="text-sm text-muted">
          Invited by {invitedBy} <Time at={createdAt} />
        </p>
      </div>
      <span className="text-sm">{role}</span>
      <span className="min-w-0 text-sm text-muted max-lg:order-1 max-lg:col-span-full">
        <TenantsText tenants={tenants} />
      </span>
      <span className="text-sm max-lg:order-1 max-lg:col-span-full">
        <Fate invitation={invitation} />
      </span>
      <span className="lg:text-right max-sm:order-2">
        {state === 'open' && (
          <Button
            aria-label={`Take back the invitation of ${email}`}
            pending={revoke.isPending}
            onClick={() => revoke.mutate()}
          >
            Take back
          </Button>
        )}
      </span>
      {revoke.isError && (
        <div className="col-span-full">
          <FaultLine error={revoke.error} />
        </div>
      )}
    </li>
  );
}

function Invitations() {
  const query = useInfiniteQuery({
    queryKey: [...trpc.invitation.list.pathKey(), 'pages'],
    queryFn: ({ pageParam }) =>
      api.invitation.list.query({ limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  if (query.isPending) return <SkeletonRows rows={4} />;
  if (query.data === undefined) return <FaultView error={query.error} onRetry={() => void query.refetch()} />;
  const rows = query.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) {
    return (
      <Notice icon={<MailOpen size={26} aria-hidden="true" />} title="Nobody was invited">
        An invitation is a link that lets one person join, once. You make it and pass it on yourself.
      </Notice>
    );
  }
  return (
    <>
      <ul aria-label="Invitations" className="divide-y divide-line">
        {rows.map((invitation) => (
          <Row key={invitation.id} invitation={invitation} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          look="quiet"
          className="m-2 self-start"
          pending={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </>
  );
}

/** Open places of the workspace and what became of earlier ones. No request is made in vain. */
export function InvitationsList() {
  const me = useQuery(meQuery());
  if (me.data?.current.capabilities.includes('member.manage') === false) {
    return (
      <Notice icon={<Lock size={26} aria-hidden="true" />} title="You may not see invitations">
        Needed: <code className="font-mono text-sm">member.manage</code>. Owners of the workspace hold it.
      </Notice>
    );
  }
  return <Invitations />;
}
