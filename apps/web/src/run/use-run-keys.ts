import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { readList } from './list-context.ts';
import type { RunTab } from './search.ts';

const route = getRouteApi('/w/$ws/runs/$runId');

interface RunKeys {
  readonly ws: string;
  readonly id: number;
  readonly mayReplay: boolean;
  /** False where nothing is listed of what a run counts. */
  readonly hasItems: boolean;
}

const group = 'This run';

/** The keys of a run's page. */
export function useRunKeys({ ws, id, mayReplay, hasItems }: RunKeys): void {
  const router = useRouter();
  const navigate = route.useNavigate();
  const open = (tab: RunTab) => () =>
    void navigate({ to: '.', search: (old) => ({ ...old, tab, outcome: undefined }), replace: true });
  useShortcut({ keys: 't', label: 'Open the timeline', group }, open('timeline'));
  useShortcut({ keys: 'i', label: 'Open the items', group, when: hasItems }, open('items'));
  useShortcut({ keys: 'l', label: 'Open the log', group }, open('log'));
  useShortcut({ keys: 'r', label: 'Replay the run', group, when: mayReplay }, () =>
    router.navigate({ to: '/w/$ws/start', params: { ws }, search: { replay: String(id) } }),
  );
  useShortcut({ keys: 'escape', label: 'Back to the list', group }, () =>
    router.history.push(`/w/${encodeURIComponent(ws)}/runs${readList(ws)?.search ?? ''}`),
  );
}
