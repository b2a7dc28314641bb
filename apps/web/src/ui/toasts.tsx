import { CatchBoundary } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react';

const Viewport = lazy(async () => ({ default: (await import('./toast-viewport.tsx')).ToastViewport }));

export interface ToastText {
  readonly title: string;
  readonly description: ReactNode;
}

const listeners = new Set<() => void>();
let waiting: readonly ToastText[] = [];
let wanted = false;

function tellAll() {
  for (const tell of listeners) tell();
}

/**
 * Tells a short outcome that needs nothing more. What must be acted on stays on the page instead.
 * The code that shows it is loaded with the first one.
 */
export function toast(title: string, description?: ReactNode): void {
  waiting = [...waiting, { title, description }];
  wanted = true;
  tellAll();
}

/** Gives the texts that wait to be shown, once. */
export function takeToasts(): readonly ToastText[] {
  const taken = waiting;
  waiting = [];
  return taken;
}

export function onToasts(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function Toasts() {
  const show = useSyncExternalStore(onToasts, () => wanted);
  return show ? (
    // A toast that cannot be shown must not take the page with it.
    <CatchBoundary getResetKey={() => 'toasts'} errorComponent={() => null}>
      <Suspense>
        <Viewport />
      </Suspense>
    </CatchBoundary>
  ) : null;
}
