import { useRouter } from '@tanstack/react-router';
import { type FocusEvent, useState } from 'react';
import { flushSync } from 'react-dom';
import { useShortcut } from '../keyboard/use-shortcut.ts';

const group = 'Runs';

interface RunsKeys {
  readonly ws: string;
  readonly ids: readonly number[];
  readonly peek: number | null;
  readonly onPeek: (id: number | null) => void;
  readonly onTick: (id: number, range: boolean) => void;
}

const linkOf = (id: number) => document.querySelector<HTMLElement>(`[data-run-row="${id}"] [data-run-link]`);

/** The keys of the runs list. The row one is at has the focus of the page, so that Enter and Tab go on from there. */
export function useRunsKeys({ ws, ids, peek, onPeek, onTick }: RunsKeys) {
  const router = useRouter();
  const [at, setAt] = useState<number | null>(null);
  const here = at !== null && ids.includes(at) ? at : null;

  const go = (to: number | undefined) => {
    if (to === undefined) return;
    // A row that is not drawn yet must be, before it can have the focus.
    flushSync(() => setAt(to));
    const link = linkOf(to);
    link?.focus({ preventScroll: true });
    link?.closest('[data-run-row]')?.scrollIntoView({ block: 'nearest' });
    if (peek !== null) onPeek(to);
  };
  const step = (by: 1 | -1) => {
    const from = here === null ? -1 : ids.indexOf(here);
    go(here === null ? ids[0] : ids[from + by]);
  };
  const any = ids.length > 0;
  useShortcut({ keys: 'j', label: 'Next run', group, when: any }, () => step(1));
  useShortcut({ keys: 'k', label: 'Previous run', group, when: any }, () => step(-1));
  useShortcut({ keys: 'enter', label: 'Open the run', group, when: here !== null }, () => {
    if (here !== null)
      void router.navigate({ to: '/w/$ws/runs/$runId', params: { ws, runId: String(here) } });
  });
  useShortcut({ keys: 'space', label: 'Look at the run beside the list', group, when: here !== null }, () =>
    onPeek(here === peek ? null : here),
  );
  useShortcut({ keys: 'x', label: 'Choose the run', group, when: here !== null }, () => {
    if (here !== null) onTick(here, false);
  });
  useShortcut({ keys: 'shift+x', label: 'Choose all up to the run', group, when: here !== null }, () => {
    if (here !== null) onTick(here, true);
  });
  useShortcut({ keys: 'escape', label: 'Close the panel', group, when: peek !== null }, () => onPeek(null));

  /** Follows the focus, however it got to a row. */
  const onFocus = (event: FocusEvent) => {
    const row = event.target.closest<HTMLElement>('[data-run-row]');
    if (row !== null) setAt(Number(row.dataset.runRow));
  };
  return { held: here === null ? -1 : ids.indexOf(here), onFocus };
}
