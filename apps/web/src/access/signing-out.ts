import { queryClient } from '../client/api.ts';

/** Names the sign-out among the mutations of the tab. */
export const signOutKey = ['sign-out'] as const;

/** Whether this tab is signing out: then it is no news that its session ends. */
export function isSigningOut(): boolean {
  return queryClient.isMutating({ mutationKey: signOutKey }) > 0;
}
