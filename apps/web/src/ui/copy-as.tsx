import { useParams } from '@tanstack/react-router';
import { Check, Code } from 'lucide-react';
import { lazy } from 'react';
import { Button } from './button.tsx';
import type { ApiCall } from './copy-as-call.ts';
import { LazyMenu } from './lazy-menu.tsx';
import { useCopy } from './use-copy.ts';

/** What the menu needs: the call as it is when a way is chosen, and where the text goes. */
export interface CopyAsGiven {
  readonly call: () => ApiCall;
  readonly ws: string | undefined;
  readonly link: boolean;
  readonly onText: (text: string) => void;
}

const CopyAsMenu = lazy(async () => ({ default: (await import('./copy-as-menu.tsx')).CopyAsMenu }));

interface CopyAsProps {
  /** The request behind the view or the action, made when it is asked for. */
  call: () => ApiCall;
  /** Offers the address of the page too; for views, which are all in the URL. */
  link?: boolean;
  label?: string;
}

/** Any view or action as a call of the API: for a shell, or for a program. */
export function CopyAs({ call, link = false, label = 'Copy as' }: CopyAsProps) {
  const { ws } = useParams({ strict: false });
  const { copied, copy } = useCopy();
  const icon = copied ? <Check size={15} aria-hidden="true" /> : <Code size={15} aria-hidden="true" />;
  return (
    <LazyMenu<CopyAsGiven>
      menu={CopyAsMenu}
      given={{ call, ws, link, onText: copy }}
      trigger={
        <Button look="quiet" icon={icon}>
          <span aria-live="polite">{copied ? 'Copied' : label}</span>
        </Button>
      }
    />
  );
}
