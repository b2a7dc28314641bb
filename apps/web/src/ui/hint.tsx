import {
  type ComponentProps,
  cloneElement,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { type Place, placeBeside } from './place-model.ts';

/** How long a pointer rests before the hint shows, and how long it may take to reach the hint, ms. */
const restMs = 300;
const leaveMs = 120;

interface HintProps {
  text: ReactNode;
  children: ReactNode;
  /** The element to hang the hint on, when it should not be a span of its own. */
  on?: ReactElement<Record<string, unknown>>;
}

function Focusable(props: ComponentProps<'span'>) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a hint must be reachable by keyboard
  return <span {...props} tabIndex={0} className="inline-flex cursor-help" />;
}

/**
 * A hint on hover and on focus; it can be pointed at, and Escape puts it away (WCAG 1.4.13). Anything a person must
 * read or act on stands on the page instead.
 */
export function Hint({ text, children, on }: HintProps) {
  const id = useId();
  const anchor = useRef<HTMLElement>(null);
  const bubble = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState<Place | null>(null);
  const after = (ms: number, next: boolean) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(next), ms);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!open || anchor.current === null || bubble.current === null) return;
    const screen = { width: document.documentElement.clientWidth, height: innerHeight };
    setPlace(
      placeBeside(anchor.current.getBoundingClientRect(), bubble.current.getBoundingClientRect(), screen),
    );
    const close = () => setOpen(false);
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && close();
    addEventListener('scroll', close, { capture: true, passive: true });
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('scroll', close, { capture: true });
      removeEventListener('keydown', onKey);
      setPlace(null);
    };
  }, [open]);

  const element = on ?? <Focusable />;
  const trigger = cloneElement(
    element,
    {
      ref: anchor,
      'aria-describedby': open ? id : undefined,
      onPointerEnter: () => after(restMs, true),
      onPointerLeave: () => after(leaveMs, false),
      onFocus: () => setOpen(true),
      onBlur: () => after(0, false),
    },
    children,
  );
  return (
    <>
      {trigger}
      {open &&
        createPortal(
          <div
            ref={bubble}
            id={id}
            role="tooltip"
            onPointerEnter={() => clearTimeout(timer.current)}
            onPointerLeave={() => after(leaveMs, false)}
            className="fixed top-0 left-0 z-50 w-max max-w-80 rounded-md border border-line bg-surface px-2.5 py-1.5 text-sm text-ink shadow-pop"
            style={place === null ? { visibility: 'hidden' } : { left: place.left, top: place.top }}
          >
            {text}
          </div>,
          document.body,
        )}
    </>
  );
}
