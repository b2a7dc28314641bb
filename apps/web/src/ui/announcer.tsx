import { useSyncExternalStore } from 'react';

/** At most one announcement in this many ms: a reader must never drown in progress. */
const everyMs = 4_000;

const listeners = new Set<() => void>();
let said = '';
let waiting: string | null = null;
let quietUntil = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

function say(text: string) {
  said = text;
  waiting = null;
  quietUntil = Date.now() + everyMs;
  for (const tell of listeners) tell();
}

/** Reads a short text to assistive technology, politely. Of several in a row only the last is read. */
export function announce(text: string): void {
  if (text === said) return;
  if (Date.now() >= quietUntil) {
    say(text);
    return;
  }
  waiting = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (waiting !== null) say(waiting);
  }, quietUntil - Date.now());
}

/** The page's one polite live region. */
export function Announcer() {
  const text = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => said,
  );
  return (
    <div aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}
