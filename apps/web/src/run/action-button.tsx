import { type ComponentProps, useId } from 'react';
import { Button } from '../ui/button.tsx';

/**
 * A button that stays in its place when it cannot be used, and says why: to a pointer as a title, to the keyboard as
 * a note below it, to assistive technology as its description.
 */
export function ActionButton({ refused = null, ...rest }: ComponentProps<typeof Button>) {
  const id = useId();
  return (
    <span className="group/action relative inline-flex">
      <Button {...rest} refused={refused} aria-describedby={refused === null ? undefined : id} />
      {refused !== null && (
        <span
          id={id}
          className="absolute top-full right-0 z-30 mt-1 hidden w-max max-w-64 rounded-md border border-line bg-surface px-2.5 py-1.5 text-sm whitespace-normal text-ink shadow-pop group-focus-within/action:block"
        >
          {refused}
        </span>
      )}
    </span>
  );
}
