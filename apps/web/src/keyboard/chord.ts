/** The part of a keyboard event that decides which key was meant. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * A key press in the words shortcuts are written in: `j`, `?`, `shift+x`, `enter`, `space`, `mod+k`. The character
 * counts, not the place on the keyboard, so `?` and `/` are the same on every layout. Null for what no shortcut takes.
 */
export function chordOf({ key, ctrlKey, metaKey, altKey }: Press): string | null {
  if (altKey || key === 'Shift' || key === 'Control' || key === 'Meta') return null;
  const named = key === ' ' ? 'space' : key.toLowerCase();
  if (ctrlKey || metaKey) return `mod+${named}`;
  return key.length === 1 && key !== named && /\p{Lu}/u.test(key) ? `shift+${named}` : named;
}
