/** What a person chose for this browser. Everything else that shapes a view is in the URL. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'comfortable' | 'compact';
  readonly time: 'relative' | 'local' | 'utc';
  /** Single-letter shortcuts; WCAG 2.1.4 wants them switchable. */
  readonly keys: 'on' | 'off';
  /** What the start page does once a run was made. */
  readonly afterStart: 'stay' | 'open';
}

/** The key in local storage; before-paint.js reads the same one. */
export const storageKey = 'signalbox.preferences';

export const defaults: Preferences = {
  theme: 'system',
  density: 'comfortable',
  time: 'relative',
  keys: 'on',
  afterStart: 'stay',
};

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((choice) => choice === value);
}

/** Reads stored text. Foreign or broken text counts as nothing chosen. */
export function parsePreferences(text: string | null): Preferences {
  let stored: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value === 'object' && value !== null) stored = value;
  } catch {
    return defaults;
  }
  return {
    theme: oneOf(stored.theme, ['system', 'light', 'dark']) ?? defaults.theme,
    density: oneOf(stored.density, ['comfortable', 'compact']) ?? defaults.density,
    time: oneOf(stored.time, ['relative', 'local', 'utc']) ?? defaults.time,
    keys: oneOf(stored.keys, ['on', 'off']) ?? defaults.keys,
    afterStart: oneOf(stored.afterStart, ['stay', 'open']) ?? defaults.afterStart,
  };
}

export function isDark(theme: Preferences['theme'], systemIsDark: boolean): boolean {
  return theme === 'dark' || (theme === 'system' && systemIsDark);
}
