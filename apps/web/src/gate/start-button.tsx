import type { Surface } from '@signalbox/domain/operation/rule';
import { ChevronDown, Play } from 'lucide-react';
import { lazy } from 'react';
import { Button } from '../ui/button.tsx';
import { LazyMenu } from '../ui/lazy-menu.tsx';

/** From where something is started, and on what. */
export interface StartTarget {
  readonly surface: Extract<Surface, 'tenant' | 'connection'>;
  readonly tenantId?: number;
  readonly connectionId?: number;
}

const StartMenu = lazy(async () => ({ default: (await import('./start-menu.tsx')).StartMenu }));

interface StartButtonProps {
  target: StartTarget;
  /** On what, for those who do not see where the button stands. */
  on: string;
  size?: 'small' | 'plain';
}

/** Opens the operations that can be started here. */
export function StartButton({ target, on, size = 'plain' }: StartButtonProps) {
  return (
    <LazyMenu
      trigger={
        <Button size={size} icon={<Play size={14} aria-hidden="true" />} aria-label={`Start… on ${on}`}>
          Start…
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      }
      menu={StartMenu}
      given={target}
    />
  );
}
