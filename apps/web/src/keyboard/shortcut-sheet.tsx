import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { changePreferences, usePreferences } from '../preferences/use-preferences.ts';
import { IconButton } from '../ui/button.tsx';
import { modKey } from './platform.ts';
import { boundShortcuts, onShortcuts, type Shortcut } from './shortcuts.ts';

const caps: Record<string, string> = {
  mod: modKey,
  shift: 'Shift',
  enter: 'Enter',
  space: 'Space',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
};

function Keys({ keys }: { keys: string }) {
  const presses = keys.split(' ');
  return (
    <span className="flex shrink-0 items-center gap-1 text-xs text-faint">
      {presses.map((press, at) => (
        <span key={press} className="flex items-center gap-1">
          {at > 0 && 'then'}
          {press.split('+').map((key) => (
            <kbd key={key} className="kbd">
              {caps[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

function Group({ label, shortcuts }: { label: string; shortcuts: readonly Shortcut[] }) {
  return (
    <section className="break-inside-avoid pb-4">
      <h3 className="eyebrow pb-1">{label}</h3>
      <ul>
        {shortcuts.map(({ keys, label }) => (
          <li
            key={keys}
            className="flex min-h-7 items-center justify-between gap-3 border-b border-line py-1"
          >
            <span className="min-w-0">{label}</span>
            <Keys keys={keys} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The last group is what works everywhere: what is special about the page comes first. */
function grouped(shortcuts: readonly Shortcut[]) {
  const groups = new Map<string, Shortcut[]>();
  for (const shortcut of shortcuts) {
    const group = groups.get(shortcut.group) ?? [];
    if (!group.some(({ keys }) => keys === shortcut.keys)) group.push(shortcut);
    groups.set(shortcut.group, group);
  }
  const everywhere = ['Anywhere', 'Go to'];
  const place = (label: string) => everywhere.indexOf(label);
  return [...groups].sort(([a], [b]) => place(a) - place(b));
}

/** The keys of the page on screen, and the switch for those of a single letter (WCAG 2.1.4). */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const shortcuts = useSyncExternalStore(onShortcuts, boundShortcuts);
  const { keys } = usePreferences();
  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup className="arriving panel fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-176 max-w-[calc(100vw-2rem)] -translate-1/2 overflow-auto p-5 shadow-pop outline-none">
          <div className="flex items-center justify-between gap-4 pb-3">
            <Dialog.Title className="text-lg font-semibold">Shortcuts of this page</Dialog.Title>
            <Dialog.Close
              render={
                <IconButton label="Close">
                  <X size={18} aria-hidden="true" />
                </IconButton>
              }
            />
          </div>
          <div className={`columns-1 gap-8 sm:columns-2 ${keys === 'off' ? 'opacity-60' : ''}`}>
            {grouped(shortcuts).map(([label, group]) => (
              <Group key={label} label={label} shortcuts={group} />
            ))}
          </div>
          <label className="flex min-h-8 items-center gap-2.5 border-t border-line pt-3">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={keys === 'on'}
              onChange={(event) => changePreferences({ keys: event.target.checked ? 'on' : 'off' })}
            />
            Single-letter shortcuts
            <span className="text-sm text-muted">
              {keys === 'off' && `Off: only those with ${modKey} work.`}
            </span>
          </label>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
