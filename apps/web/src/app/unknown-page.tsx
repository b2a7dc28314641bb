import { Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useTitle } from '../ui/use-title.ts';

/** An address that leads nowhere. */
export function UnknownPage() {
  useTitle('Not found');
  return (
    <Notice
      icon={<SearchX size={26} aria-hidden="true" />}
      title="Not found"
      actions={
        <Link to="/" className={buttonClass('plain')}>
          Go to the runs
        </Link>
      }
    >
      There is no such page, or none you may see.
    </Notice>
  );
}
