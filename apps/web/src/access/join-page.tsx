import { roleWords } from '@signalbox/domain/access/capability-words';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LinkIcon } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { api } from '../client/api.ts';
import { faultOf } from '../client/problem-model.ts';
import { buttonClass } from '../ui/button.tsx';
import { FaultView } from '../ui/fault-view.tsx';
import { Notice } from '../ui/notice.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Wordmark } from '../ui/wordmark.tsx';
import { takeInvitation } from './kept-invitation.ts';
import { TrackDiagram } from './track-diagram.tsx';

const JoinForm = lazy(async () => ({ default: (await import('./join-form.tsx')).JoinForm }));
const JoinAs = lazy(async () => ({ default: (await import('./join-as.tsx')).JoinAs }));

/** A link that opens nothing: never said why. */
function Closed() {
  return (
    <Notice
      icon={<LinkIcon size={26} aria-hidden="true" />}
      title="This link opens nothing"
      actions={
        <Link to="/" className={buttonClass('plain')}>
          To the console
        </Link>
      }
    >
      It was used, taken back or has run out, or a part of it is missing. Ask whoever sent it for a new one.
    </Notice>
  );
}

/** Who is signed in, if anybody; null for nobody. Somebody without a workspace has no name here. */
function useVisitor() {
  return useQuery({
    queryKey: ['visitor'],
    staleTime: 0,
    queryFn: async () => {
      try {
        return { username: (await api.session.me.query({})).user.username };
      } catch (error) {
        const { kind } = faultOf(error);
        if (kind === 'signed-out') return null;
        if (kind === 'not-found') return { username: null };
        throw error;
      }
    },
  });
}

function Invitation({ secret }: { secret: string }) {
  const look = useQuery({
    queryKey: ['invitation'],
    queryFn: () => api.invitation.look.mutate({ secret }),
  });
  const visitor = useVisitor();
  if (look.isPending || visitor.isPending) return <SkeletonBlock />;
  if (look.data === undefined) {
    return faultOf(look.error).kind === 'not-found' ? (
      <Closed />
    ) : (
      <FaultView error={look.error} onRetry={() => void look.refetch()} />
    );
  }
  if (visitor.data === undefined) {
    return <FaultView error={visitor.error} onRetry={() => void visitor.refetch()} />;
  }
  const { workspaceName, role, email, invitedBy, expiresAt } = look.data;
  return (
    <div className="grid gap-5 p-6">
      <div className="grid gap-1">
        <h1 className="text-lg font-semibold">Join {workspaceName}</h1>
        <p className="text-muted">
          {invitedBy} invites you as <strong className="font-medium text-ink">{role}</strong>.{' '}
          {roleWords[role]}
        </p>
        <p className="text-sm text-faint">
          The link works once and runs out <Time at={expiresAt} />.
        </p>
      </div>
      <Suspense fallback={<SkeletonBlock />}>
        {visitor.data === null ? (
          <JoinForm secret={secret} email={email} />
        ) : (
          <JoinAs secret={secret} username={visitor.data.username} />
        )}
      </Suspense>
    </div>
  );
}

/** Where the link of an invitation leads. */
export function JoinPage() {
  useTitle('Join a workspace');
  const [secret] = useState(takeInvitation);
  return (
    <main className="relative isolate grid min-h-dvh place-items-center overflow-hidden px-4 py-10">
      <TrackDiagram />
      <div className="w-full max-w-104">
        <div className="mb-6">
          <Wordmark large />
        </div>
        <div className="panel shadow-pop">
          {secret === null ? <Closed /> : <Invitation secret={secret} />}
        </div>
      </div>
    </main>
  );
}
