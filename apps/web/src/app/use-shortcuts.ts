import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { allowLetters, bindShortcut } from '../keyboard/shortcuts.ts';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { showOverlay } from './overlays.ts';
import { places } from './places.ts';

const group = 'Anywhere';

/** The keys that work on every page of a workspace. */
export function useShortcuts(ws: string): void {
  const { navigate } = useRouter();
  const { keys } = usePreferences();
  useEffect(() => allowLetters(keys === 'on'), [keys]);
  useShortcut({ keys: 'mod+k', label: 'Search or go to anything', group }, () => showOverlay('palette'));
  useShortcut({ keys: '?', label: 'Show the shortcuts of this page', group }, () => showOverlay('shortcuts'));
  useShortcut({ keys: 'c', label: 'Start a run', group }, () =>
    navigate({ to: '/w/$ws/start', params: { ws } }),
  );
  useShortcut({ keys: '/', label: 'Go to the filter or the search of the page', group }, () =>
    document.querySelector<HTMLElement>('[data-filter]')?.focus(),
  );
  useEffect(() => {
    const free = places.flatMap(({ to, label, key }) =>
      key === undefined
        ? []
        : [
            bindShortcut({
              keys: `g ${key}`,
              label,
              group: 'Go to',
              act: () => navigate({ to, params: { ws } }),
            }),
          ],
    );
    return () => {
      for (const one of free) one();
    };
  }, [navigate, ws]);
}
