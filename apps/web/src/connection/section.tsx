import type { ReactNode } from 'react';

interface SectionProps {
  /** Its anchor: next steps lead here by it. */
  id: string;
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of the page of a connection. It takes the focus when a link names it. */
export function Section({ id, title, actions, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} tabIndex={-1} className="panel min-w-0 scroll-mt-20">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-1.5">
        <h2 id={`${id}-title`} className="text-base font-semibold">
          {title}
        </h2>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** A fact with its name above. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="eyebrow">{label}</dt>
      <dd className="mt-0.5 min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}
