import { CatchBoundary } from '@tanstack/react-router';
import {
  type ComponentType,
  cloneElement,
  type LazyExoticComponent,
  type ReactElement,
  Suspense,
  useState,
} from 'react';

type Trigger = ReactElement<Record<string, unknown>>;

interface LazyMenuProps {
  trigger: Trigger;
  /** Draws the trigger again, with the menu open below it. */
  menu: LazyExoticComponent<ComponentType<{ trigger: Trigger }>>;
}

/** A menu whose code is loaded when it is first opened, to keep the first page small. */
export function LazyMenu({ trigger, menu: Menu }: LazyMenuProps) {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return cloneElement(trigger, {
      'aria-haspopup': 'menu',
      'aria-expanded': false,
      onClick: () => setAsked(true),
    });
  }
  return (
    <CatchBoundary getResetKey={() => 'menu'} errorComponent={() => trigger}>
      <Suspense fallback={trigger}>
        <Menu trigger={trigger} />
      </Suspense>
    </CatchBoundary>
  );
}
