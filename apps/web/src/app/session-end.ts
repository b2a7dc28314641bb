import { queryClient } from '../client/api.ts';
import { faultOf } from '../client/problem-model.ts';
import type { router as appRouter } from './router.tsx';

/** When any answer says that the session has ended, the sign-in page opens and leads back here afterwards. */
export function sendStrangersToSignIn(router: typeof appRouter): void {
  const look = (error: unknown) => {
    const here = router.state.location;
    if (faultOf(error).kind !== 'signed-out' || here.pathname === '/sign-in') return;
    void router.navigate({ to: '/sign-in', search: { next: here.href } });
  };
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') look(event.action.error);
  });
  queryClient.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') look(event.action.error);
  });
}
