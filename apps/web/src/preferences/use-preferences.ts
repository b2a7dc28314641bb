import { useSyncExternalStore } from 'react';
import { isDark, type Preferences, parsePreferences, storageKey } from './preferences.ts';

const listeners = new Set<() => void>();
const systemDark = matchMedia('(prefers-color-scheme: dark)');
let current = parsePreferences(read());

function read(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function apply() {
  const root = document.documentElement;
  const dark = isDark(current.theme, systemDark.matches);
  root.classList.toggle('dark', dark);
  // The same two colours as in before-paint.js: the surface of each theme.
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', dark ? '#11181f' : '#ffffff');
  root.dataset.density = current.density;
  for (const tell of listeners) tell();
}

systemDark.addEventListener('change', apply);
// Another tab of this browser changed its mind.
addEventListener('storage', (event) => {
  if (event.key !== storageKey) return;
  current = parsePreferences(event.newValue);
  apply();
});

export function changePreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // Storage refused: the choice holds until the tab closes.
  }
  apply();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}
