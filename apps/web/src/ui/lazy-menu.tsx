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

interface LazyMenuProps<TGiven> {
  trigger: Trigger;
  /** Draws the trigger again, with the menu open below it. */
  menu: LazyExoticComponent<ComponentType<{ trigger: Trigger; given: TGiven }>>;
  /** What the menu is about, for a menu that takes something. */
  given?: TGiven;
}

/** A menu whose code is loaded when it is first opened, to keep the first page small. */
export function LazyMenu<TGiven = undefined>({ trigger, menu: Menu, given }: LazyMenuProps<TGiven>) {
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
        <Menu trigger={trigger} given={given as TGiven} />
      </Suspense>
    </CatchBoundary>
  );
}
