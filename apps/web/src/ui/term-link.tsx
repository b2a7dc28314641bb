import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Hint } from './hint.tsx';

interface TermLinkProps {
  /** The anchor of the term in the glossary: `status-failed`, `reason-throttled`. */
  term: string;
  /** What it means, shown on hover and focus. */
  meaning?: ReactNode;
  children: ReactNode;
}

/** A status, outcome or reason that leads to its entry in the glossary, as quiet as the word alone. */
export function TermLink({ term, meaning, children }: TermLinkProps) {
  const { ws = '' } = useParams({ strict: false });
  const link = {
    to: '/w/$ws/glossary',
    params: { ws },
    hash: term,
    className: 'inline-flex min-h-6 items-center decoration-dotted underline-offset-4 hover:underline',
  } as const;
  if (meaning === undefined) return <Link {...link}>{children}</Link>;
  return (
    <Hint text={meaning} on={<Link {...link} />}>
      {children}
    </Hint>
  );
}
