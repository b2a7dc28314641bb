import { useEffect, useEffectEvent } from 'react';
import { bindShortcut, type Shortcut } from './shortcuts.ts';

/**
 * A key that does something while its page is on screen, listed in the shortcut sheet. It never fires in a field or
 * under a dialog. `when: false` frees the key, for what is not possible at the moment.
 */
export function useShortcut(shortcut: Shortcut & { when?: boolean }, act: () => void): void {
  const { keys, label, group, when = true } = shortcut;
  const latest = useEffectEvent(act);
  useEffect(
    () => (when ? bindShortcut({ keys, label, group, act: () => latest() }) : undefined),
    [keys, label, group, when],
  );
}
