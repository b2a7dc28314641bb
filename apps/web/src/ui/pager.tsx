import { Link } from '@tanstack/react-router';
import { buttonClass } from './button.tsx';

interface PagerProps {
  /** Where the shown part begins; the beginning when absent. */
  cursor: string | undefined;
  next: string | null | undefined;
}

/** Leads on through a list that does not fit one page. */
export function Pager({ cursor, next }: PagerProps) {
  if (cursor === undefined && (next === null || next === undefined)) return null;
  const to = (part: string | undefined) => (old: object) => ({ ...old, cursor: part });
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2">
      {cursor !== undefined && (
        <Link to="." search={to(undefined)} className={buttonClass()}>
          From the beginning
        </Link>
      )}
      {next && (
        <Link to="." search={to(next)} className={buttonClass()}>
          More
        </Link>
      )}
    </nav>
  );
}
