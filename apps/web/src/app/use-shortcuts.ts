import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { usePreferences } from '../preferences/use-preferences.ts';

/** Letters belong to a field while one has the focus. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** `c` starts a run, `g` then `r` goes to the runs, `/` goes to the filter. */
export function useShortcuts(ws: string): void {
  const router = useRouter();
  const { keys } = usePreferences();
  useEffect(() => {
    if (keys === 'off') return;
    let gone = 0;
    const take = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (event.key === 'g') {
        gone = event.timeStamp;
        return;
      }
      const afterG = event.timeStamp - gone < 1_200;
      gone = 0;
      if (event.key === 'r' && afterG) void router.navigate({ to: '/w/$ws/runs', params: { ws } });
      else if (event.key === 'c') void router.navigate({ to: '/w/$ws/start', params: { ws } });
      else if (event.key === '/') document.querySelector<HTMLElement>('[data-filter]')?.focus();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', take);
    return () => removeEventListener('keydown', take);
  }, [router, ws, keys]);
}
