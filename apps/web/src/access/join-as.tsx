import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { api, queryClient, selectWorkspace } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { forgetInvitation } from './kept-invitation.ts';

/** Joins with the account that is signed in here. */
export function JoinAs({ secret, username }: { secret: string; username: string | null }) {
  const router = useRouter();
  const join = useMutation({
    mutationFn: () => {
      selectWorkspace(null);
      return api.invitation.join.mutate({ secret });
    },
    onSuccess: ({ id }) => {
      forgetInvitation();
      queryClient.clear();
      void router.navigate({ to: '/w/$ws/overview', params: { ws: id } });
    },
  });
  const leave = useMutation({
    mutationFn: () => api.session.signOut.mutate({}),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['visitor'] }),
  });
  return (
    <div className="grid gap-4">
      <p>
        You are signed in{username !== null && ' as '}
        {username !== null && <strong className="font-semibold">{username}</strong>}.
      </p>
      {join.isError && <FaultLine error={join.error} />}
      <Button look="primary" size="large" pending={join.isPending} onClick={() => join.mutate()}>
        {username === null ? 'Join' : `Join as ${username}`}
      </Button>
      {leave.isError && <FaultLine error={leave.error} />}
      <Button look="quiet" pending={leave.isPending} onClick={() => leave.mutate()}>
        That is not me: sign out first
      </Button>
    </div>
  );
}
