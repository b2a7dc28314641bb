import type { ReactNode } from 'react';
import { UnderHeading } from '../ui/under-heading.ts';

interface StepFrameProps {
  step: number;
  title: string;
  /** What this step is for, in a sentence. */
  lead: ReactNode;
  children: ReactNode;
  /** The way on, and what was saved. */
  footer?: ReactNode;
}

/** A step: what it is for, the work, and below it the way on. */
export function StepFrame({ step, title, lead, children, footer }: StepFrameProps) {
  return (
    <section aria-labelledby="step-title" className="panel min-w-0">
      <header className="grid gap-1 border-b border-line px-4 py-3 md:px-5">
        <h2 id="step-title" className="text-lg font-semibold">
          <span className="sr-only">Step {step}: </span>
          {title}
        </h2>
        <p className="max-w-3xl text-muted">{lead}</p>
      </header>
      <UnderHeading value={true}>{children}</UnderHeading>
      {footer && (
        <footer className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line px-4 py-3 md:px-5">
          {footer}
        </footer>
      )}
    </section>
  );
}
