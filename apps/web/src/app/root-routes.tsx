import {
  createRootRoute,
  createRoute,
  type ErrorComponentProps,
  lazyRouteComponent,
  Outlet,
  redirect,
  useRouter,
} from '@tanstack/react-router';
import { Suspense } from 'react';
import { meQuery } from '../access/session.ts';
import { queryClient, selectWorkspace } from '../client/api.ts';
import { faultOf } from '../client/problem-model.ts';
import { FaultView } from '../ui/fault-view.tsx';
import { Shell } from './shell.tsx';
import { UnknownPage } from './unknown-page.tsx';

/** A page that broke, with the way to try it again. */
export function RouteFault({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <FaultView
      error={error}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}

/** The same where no shell stands around it. */
function LoneFault(props: ErrorComponentProps) {
  return (
    <main>
      <RouteFault {...props} />
    </main>
  );
}

function LoneUnknownPage() {
  return (
    <main>
      <UnknownPage />
    </main>
  );
}

// No part of the first paint; until it is there a refused deed is simply told.
const StepUp = lazyRouteComponent(() => import('../access/step-up.tsx'), 'StepUp');

/** What every page stands in. */
export const rootRoute = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <Suspense>
        <StepUp />
      </Suspense>
    </>
  ),
  notFoundComponent: LoneUnknownPage,
  errorComponent: LoneFault,
});

/** Who is signed in; sends a stranger to the sign-in page and brings them back afterwards. */
export async function signedIn(href: string) {
  try {
    return await queryClient.ensureQueryData(meQuery());
  } catch (error) {
    if (faultOf(error).kind === 'signed-out') throw redirect({ to: '/sign-in', search: { next: href } });
    throw error;
  }
}

/** What every page of a workspace stands in: its shell, for whoever is signed in. */
export const workspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/w/$ws',
  beforeLoad: async ({ params, location }) => {
    selectWorkspace(params.ws);
    await signedIn(location.href);
  },
  component: function Workspace() {
    return <Shell ws={workspaceRoute.useParams().ws} />;
  },
  notFoundComponent: UnknownPage,
  errorComponent: LoneFault,
});
