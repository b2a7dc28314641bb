import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';

const takesFocus = 'a[href], button, input, select, textarea, [tabindex]';

/**
 * Brings the part of the page that the address names (`#consent`) into view and gives it the focus, once the page has
 * it and each time a link asks for it again. The part, or the first thing in it that can, takes the focus.
 */
export function useNamedPart(ready: boolean): void {
  const { hash, state } = useLocation();
  const visit = state.__TSR_key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link to the part one is at is a wish to see it again
  useEffect(() => {
    const part = ready && hash !== '' ? document.getElementById(hash) : null;
    if (part === null) return;
    part.scrollIntoView({ block: 'start' });
    const target = part.matches(takesFocus) ? part : part.querySelector<HTMLElement>(takesFocus);
    target?.focus({ preventScroll: true });
  }, [hash, visit, ready]);
}
