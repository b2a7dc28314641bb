import type { Capability } from '@signalbox/domain/access/capabilities';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { meQuery } from '../access/session.ts';
import { useSignOut } from '../access/use-sign-out.ts';
import { inOtherWorkspace } from '../app/other-workspace.ts';
import { places } from '../app/places.ts';
import { trpc } from '../client/api.ts';
import { setPaused } from '../live/live-stream.ts';
import { useLiveStatus } from '../live/use-live.ts';
import { changePreferences, usePreferences } from '../preferences/use-preferences.ts';
import { toast } from '../ui/toasts.tsx';
import type { Entry, EntryGroup } from './entries.ts';

/** The pages of the workspace, and what can be done from anywhere. */
export function useDeeds(ws: string): EntryGroup[] {
  const { navigate } = useRouter();
  const { data: me } = useQuery(meQuery());
  const can = (capability: Capability) => me?.current.capabilities.includes(capability) ?? false;
  const operations = useQuery(trpc.operation.list.queryOptions({}, { staleTime: 60_000 }));
  const pages = places.map(
    ({ to, label, icon }): Entry => ({
      id: to,
      label,
      icon,
      words: 'go to page',
      act: () => void navigate({ to, params: { ws } }),
    }),
  );
  const starts = (operations.data?.items ?? []).map(
    ({ name, label, description, allowed, capability }): Entry => ({
      id: `start ${name}`,
      label: `Start: ${label}`,
      note: description,
      words: name,
      icon: 'deed',
      ...(allowed ? {} : { refused: `Needs ${capability}, which your role does not hold` }),
      act: () => void navigate({ to: '/w/$ws/start', params: { ws }, search: { operation: name } }),
    }),
  );
  const make = (label: string, capability: Capability, act: () => void): Entry => ({
    id: label,
    label,
    words: 'add create make',
    icon: 'deed',
    ...(can(capability) ? {} : { refused: `Needs ${capability}, which your role does not hold` }),
    act,
  });
  return [
    { value: 'Pages', items: pages },
    { value: 'Start a run', items: starts },
    {
      value: 'Add',
      items: [
        make('New checkpoint', 'checkpoint.create', () => {
          void navigate({ to: '/w/$ws/checkpoints', params: { ws }, search: { open: 'new' } });
        }),
        make('Roll back', 'rollback.execute', () => {
          void navigate({ to: '/w/$ws/rollback', params: { ws } });
        }),
        make('New tenant', 'tenant.manage', () => {
          void navigate({ to: '/w/$ws/tenants', params: { ws }, search: { open: 'new' } });
        }),
        make('New connection', 'connection.manage', () => {
          void navigate({ to: '/w/$ws/connections', params: { ws }, search: { open: 'new' } });
        }),
      ],
    },
    { value: 'This console', items: useConsoleDeeds(ws) },
  ];
}

/** What changes how the console looks and moves, and where one is signed in. */
function useConsoleDeeds(ws: string): Entry[] {
  const { history } = useRouter();
  const { theme, density, time } = usePreferences();
  const { word } = useLiveStatus();
  const { data: me } = useQuery(meQuery());
  const signOut = useSignOut();
  const paused = word === 'Paused';
  const deed = (label: string, words: string, act: () => void): Entry => ({
    id: label,
    label,
    words,
    icon: 'deed',
    act,
  });
  const choose = {
    theme: (['system', 'light', 'dark'] as const).filter((one) => one !== theme),
    density: (['comfortable', 'compact'] as const).filter((one) => one !== density),
    time: (['relative', 'local', 'utc'] as const).filter((one) => one !== time),
  };
  return [
    deed(paused ? 'Resume live updates' : 'Pause live updates', 'hold still play', () => setPaused(!paused)),
    deed('Copy a link to this page', 'share address url', () => {
      void navigator.clipboard.writeText(location.href).then(() => toast('Link copied'));
    }),
    ...choose.theme.map((one) =>
      deed(`Theme: ${one === 'system' ? 'as the system' : one}`, 'appearance colours', () =>
        changePreferences({ theme: one }),
      ),
    ),
    ...choose.density.map((one) =>
      deed(`Rows: ${one}`, 'density appearance', () => changePreferences({ density: one })),
    ),
    ...choose.time.map((one) =>
      deed(`Times: ${one === 'utc' ? 'UTC' : one}`, 'clock zone format', () =>
        changePreferences({ time: one }),
      ),
    ),
    ...(me?.workspaces ?? [])
      .filter(({ id }) => id !== ws)
      .map(({ id, name }) =>
        deed(`Switch to ${name}`, `workspace ${id}`, () =>
          history.push(inOtherWorkspace(location.pathname, id)),
        ),
      ),
    deed('Sign out', 'log out leave', () => signOut.mutate()),
  ];
}
