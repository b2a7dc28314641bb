import { queryClient } from '../client/api.ts';
import { faultOf } from '../client/problem-model.ts';
import type { router as appRouter } from './router.tsx';

/** Pages that are there for people who are not signed in. */
const forStrangers: ReadonlySet<string> = new Set(['/sign-in', '/join', '/setup']);

/** When any answer says that the session has ended, the sign-in page opens and leads back here afterwards. */
export function sendStrangersToSignIn(router: typeof appRouter): void {
  const look = (error: unknown) => {
    const here = router.state.location;
    if (faultOf(error).kind !== 'signed-out' || forStrangers.has(here.pathname)) return;
    void router.navigate({ to: '/sign-in', search: { next: here.href } });
  };
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') look(event.action.error);
  });
  queryClient.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') look(event.action.error);
  });
}
