import { useLocation, useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import { fromHere } from './same-place.ts';

interface StepLinkProps {
  href: string | undefined;
  className?: string;
  children: ReactNode;
}

/** A link the server gave. Only paths of this console become links; anything else stays plain text. */
export function StepLink({ href, className = 'link', children }: StepLinkProps) {
  const router = useRouter();
  const { pathname, searchStr: search } = useLocation();
  const known =
    href !== undefined &&
    /^\/(?![/\\])/.test(href) &&
    router.getMatchedRoutes(new URL(href, location.origin).pathname)[2] !== undefined;
  if (!known) return <span>{children}</span>;
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    event.preventDefault();
    router.history.push(fromHere(href, { pathname, search }));
  };
  return (
    <a href={href} className={className} onClick={follow}>
      {children}
    </a>
  );
}
