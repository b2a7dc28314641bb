import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { api, queryClient, selectWorkspace } from '../client/api.ts';
import { faultOf } from '../client/problem-model.ts';
import { rest, wake } from '../live/live-stream.ts';
import { toast } from '../ui/toasts.tsx';

/** Ends the session and forgets what was read with it. */
export function useSignOut() {
  const router = useRouter();
  return useMutation({
    // The stream ends with the session, which is no news here, and must not be asked for again.
    onMutate: rest,
    mutationFn: () => api.session.signOut.mutate({}),
    onSuccess: () => {
      queryClient.clear();
      selectWorkspace(null);
      router.history.push('/sign-in');
    },
    onError: (error) => {
      wake();
      toast('Still signed in', faultOf(error).detail);
    },
  });
}
