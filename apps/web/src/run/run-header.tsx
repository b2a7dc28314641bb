import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { infraOf } from './infra-of.ts';
import { Neighbours } from './neighbours.tsx';
import type { RunView } from './run-view.ts';
import { Status } from './status.tsx';

interface RunHeaderProps {
  run: RunView;
  ws: string;
  actions: ReactNode;
}

/** Whether the reader has scrolled past an element. */
function usePassed() {
  const mark = useRef<HTMLDivElement>(null);
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    if (mark.current === null) return;
    // The header of the console covers the first 56 px.
    const observer = new IntersectionObserver(([entry]) => setPassed(entry?.isIntersecting === false), {
      rootMargin: '-57px 0px 0px 0px',
    });
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, []);
  return { mark, passed };
}

/**
 * Where one is, how it stands, what it is and what can be done. One line of it stays in sight while the rest scrolls
 * away; its height does not change, so that nothing below it jumps.
 */
export function RunHeader({ run, ws, actions }: RunHeaderProps) {
  const { mark, passed } = usePassed();
  const target = run.tenant?.name ?? infraOf(run)?.name ?? run.connection?.label;
  const bar = `sticky top-14 z-20 -mx-4 border-b bg-canvas px-4 py-2 md:-mx-6 md:px-6 ${passed ? 'border-line' : 'border-transparent'}`;
  return (
    <>
      <div className="relative -mb-2 flex flex-wrap items-center justify-between gap-x-4 text-sm text-muted">
        <div ref={mark} aria-hidden="true" className="absolute bottom-0 size-px" />
        <nav aria-label="Breadcrumb">
          <Link to="/w/$ws/runs" params={{ ws }} className="link">
            Runs
          </Link>{' '}
          / <span className="font-mono">#{run.id}</span>
        </nav>
        <Neighbours ws={ws} id={run.id} />
      </div>
      <div className={`${bar} flex items-center gap-x-6`}>
        <div className="flex min-w-0 flex-1 items-center gap-x-3">
          <Status status={run.status} waitCause={run.reasonCode ?? null} size="large" />
          <h1 className="min-w-0 text-xl font-semibold tracking-tight max-md:text-lg md:truncate">
            {run.operationLabel}
            {target !== undefined && <span className="font-normal text-muted"> · {target}</span>}
          </h1>
          {passed && <span className="font-mono text-sm text-faint max-md:hidden">#{run.id}</span>}
        </div>
        <div className="hidden items-center gap-2 md:flex">{actions}</div>
      </div>
    </>
  );
}
