import type { ReactNode } from 'react';
import { UnderHeading } from './under-heading.ts';
import { useTitle } from './use-title.ts';

interface PageProps {
  title: string;
  /** What stands in the heading, where that is more than the title. */
  heading?: ReactNode;
  trail?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page below the header: where one is, what it is, what can be done, then the thing itself. */
export function Page({ title, heading, trail, actions, children }: PageProps) {
  useTitle(title);
  return (
    <div className="mx-auto grid w-full max-w-400 grid-cols-[minmax(0,1fr)] gap-4 px-4 pt-5 pb-16 md:px-6">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          {trail && <div className="mb-1 text-sm text-muted">{trail}</div>}
          <h1 className="text-xl font-semibold tracking-tight">{heading ?? title}</h1>
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      <UnderHeading value={true}>{children}</UnderHeading>
    </div>
  );
}
