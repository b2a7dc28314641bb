import type { ComponentProps } from 'react';

/** A part of the page that scrolls by itself; it takes the focus, so that it scrolls by keyboard too. */
export function ScrollBox(props: ComponentProps<'section'> & { 'aria-label': string }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box without focus cannot be read by keyboard
  return <section {...props} tabIndex={0} />;
}
