import { useSyncExternalStore } from 'react';
import { narrow, offsetOf, type Skew } from './skew.ts';

const listeners = new Set<() => void>();
let skew: Skew | null = null;
let shown = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
let held = false;

/** Learns the server's clock from an answer: every request of the console passes through here. */
export function readServerDate(response: Response, sentAt: number): void {
  const serverDate = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(serverDate)) skew = narrow(skew, { sentAt, receivedAt: Date.now(), serverDate });
}

/** The server's time now, in ms, as well as we know it. */
export function serverNow(): number {
  return Date.now() + offsetOf(skew);
}

function tick() {
  shown = serverNow();
  for (const tell of listeners) tell();
}

function schedule() {
  clearInterval(timer);
  timer = undefined;
  if (held || listeners.size === 0 || document.hidden) return;
  tick();
  timer = setInterval(tick, 1_000);
}

document.addEventListener('visibilitychange', schedule);

/** Stops or restarts the ticking, for the pause that holds everything still. */
export function holdClock(hold: boolean): void {
  held = hold;
  schedule();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  if (timer === undefined && !held) {
    shown = serverNow();
    timer = setInterval(tick, 1_000);
  }
  return () => {
    listeners.delete(tell);
    if (listeners.size === 0) schedule();
  };
}

/** The server's time, renewed each second for all that show it. */
export function useServerNow(): number {
  return useServerClock((now) => now);
}

/** What `read` makes of the server's time; draws anew only when that changes. It must answer a plain value. */
export function useServerClock<T extends string | number | boolean>(read: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => read(shown));
}
