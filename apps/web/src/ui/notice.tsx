import { type ReactNode, useContext } from 'react';
import { UnderHeading } from './under-heading.ts';

interface NoticeProps {
  title: string;
  children?: ReactNode;
  /** What a person can do now. */
  actions?: ReactNode;
  icon?: ReactNode;
  /** Small print: request id and the like. */
  footer?: ReactNode;
  /** `alert` is read out at once; for faults that a person just caused. */
  role?: 'alert' | 'status';
}

/** A view that has nothing to list: empty, filtered to nothing, not found, forbidden, failed. */
export function Notice({ title, children, actions, icon, footer, role }: NoticeProps) {
  const Heading = useContext(UnderHeading) ? 'h2' : 'h1';
  return (
    <div role={role} className="arriving grid justify-items-center gap-2 px-6 py-14 text-center">
      {icon && <div className="mb-1 text-faint">{icon}</div>}
      <Heading className="text-lg font-semibold">{title}</Heading>
      {children && <div className="max-w-lg text-muted">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
      {footer && <div className="mt-3 text-sm text-faint">{footer}</div>}
    </div>
  );
}
