import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { allowLetters } from '../keyboard/shortcuts.ts';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { usePreferences } from '../preferences/use-preferences.ts';

const group = 'Anywhere';

/** The keys that work on every page of a workspace. */
export function useShortcuts(ws: string): void {
  const { navigate } = useRouter();
  const { keys } = usePreferences();
  useEffect(() => allowLetters(keys === 'on'), [keys]);
  const params = { ws };
  useShortcut({ keys: 'g r', label: 'Go to the runs', group }, () => navigate({ to: '/w/$ws/runs', params }));
  useShortcut({ keys: 'c', label: 'Start a run', group }, () => navigate({ to: '/w/$ws/start', params }));
  useShortcut({ keys: '/', label: 'Go to the filter', group }, () =>
    document.querySelector<HTMLElement>('[data-filter]')?.focus(),
  );
}
