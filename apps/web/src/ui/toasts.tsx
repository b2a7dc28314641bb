import { lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react';

const load = () => import('./toast-viewport.tsx');
const Viewport = lazy(async () => ({ default: (await load()).ToastViewport }));

const listeners = new Set<() => void>();
let wanted = false;

/**
 * Tells a short outcome that needs nothing more. What must be acted on stays on the page instead.
 * The code that shows it is loaded with the first one.
 */
export function toast(title: string, description?: ReactNode): void {
  wanted = true;
  for (const tell of listeners) tell();
  void load().then(({ addToast }) => addToast(title, description));
}

export function Toasts() {
  const show = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => wanted,
  );
  return show ? (
    <Suspense>
      <Viewport />
    </Suspense>
  ) : null;
}
