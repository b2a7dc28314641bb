import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { api, queryClient, selectWorkspace } from '../client/api.ts';
import { faultOf } from '../client/problem-model.ts';
import { toast } from '../ui/toasts.tsx';
import { signOutKey } from './signing-out.ts';

/** Ends the session and forgets what was read with it. */
export function useSignOut() {
  const router = useRouter();
  return useMutation({
    mutationKey: signOutKey,
    mutationFn: () => api.session.signOut.mutate({}),
    onSuccess: () => {
      queryClient.clear();
      selectWorkspace(null);
      router.history.push('/sign-in');
    },
    onError: (error) => toast('Still signed in', faultOf(error).detail),
  });
}
