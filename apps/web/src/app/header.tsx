import { useQuery } from '@tanstack/react-query';
import { CatchBoundary, Link } from '@tanstack/react-router';
import { Building2, CircleUser, Menu, Plus, Search, SunMoon } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { meQuery } from '../access/session.ts';
import { modKey } from '../keyboard/platform.ts';
import { buttonClass, IconButton } from '../ui/button.tsx';
import { LazyMenu } from '../ui/lazy-menu.tsx';
import { LiveIndicator } from './live-indicator.tsx';
import { showOverlay } from './overlays.ts';

const PreferencesMenu = lazy(async () => ({ default: (await import('./header-menus.tsx')).PreferencesMenu }));
/** Not part of the first paint: what it tells of is not lost by a moment. */
const Bell = lazy(async () => ({ default: (await import('../notification/bell.tsx')).Bell }));
const UserMenu = lazy(async () => ({ default: (await import('./header-menus.tsx')).UserMenu }));
const WorkspaceMenu = lazy(async () => ({ default: (await import('./header-menus.tsx')).WorkspaceMenu }));

function Workspace({ ws }: { ws: string }) {
  const { data } = useQuery(meQuery());
  const here = data?.workspaces.find(({ id }) => id === ws);
  const name = (
    <>
      <Building2 size={16} aria-hidden="true" className="shrink-0 text-faint max-sm:hidden" />
      <span className="truncate">{here?.name ?? ws}</span>
    </>
  );
  const trigger = (
    <button
      type="button"
      title="Change workspace"
      className="-ml-2 inline-flex h-8 min-w-0 items-center gap-2 rounded-md px-2 text-base font-medium hover:bg-hover"
    >
      {name}
    </button>
  );
  return <LazyMenu trigger={trigger} menu={WorkspaceMenu} />;
}

function Account() {
  const { data } = useQuery(meQuery());
  const name = data?.user.username ?? '';
  return (
    <LazyMenu
      menu={UserMenu}
      trigger={
        <button
          type="button"
          className={`${buttonClass('quiet')} max-sm:px-1.5!`}
          aria-label={`Account of ${name}`}
        >
          <CircleUser size={18} aria-hidden="true" />
          <span className="hidden lg:inline">{name}</span>
        </button>
      }
    />
  );
}

const appearance = (
  <IconButton label="Appearance and times">
    <SunMoon size={18} aria-hidden="true" />
  </IconButton>
);

function PaletteButton() {
  return (
    <button
      type="button"
      aria-keyshortcuts="Control+K Meta+K"
      aria-haspopup="dialog"
      onClick={() => showOverlay('palette')}
      className="inline-flex h-8 shrink-0 items-center justify-center gap-2 rounded-md border-line text-sm text-muted hover:bg-hover hover:text-ink max-lg:w-8 lg:w-56 lg:justify-start lg:border lg:px-2.5"
    >
      <Search size={16} aria-hidden="true" />
      <span className="max-lg:sr-only">Search or go to</span>
      <span aria-hidden="true" className="kbd ml-auto max-lg:hidden">
        {modKey} K
      </span>
    </button>
  );
}

/** The bar above every page: which workspace, how live, how it looks, who one is, and the one thing to start. */
export function Header({ ws }: { ws: string }) {
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-b border-line bg-surface px-4 max-sm:gap-1 md:px-6">
      <IconButton
        label="Menu"
        aria-haspopup="dialog"
        className="-ml-2 md:hidden"
        onClick={() => showOverlay('menu')}
      >
        <Menu size={20} aria-hidden="true" />
      </IconButton>
      <div className="flex min-w-0 flex-1 items-center">
        <Workspace ws={ws} />
      </div>
      <PaletteButton />
      <LiveIndicator />
      <CatchBoundary getResetKey={() => ws} errorComponent={() => null}>
        <Suspense fallback={<span className="size-8 shrink-0" />}>
          <Bell key={ws} ws={ws} />
        </Suspense>
      </CatchBoundary>
      <LazyMenu trigger={appearance} menu={PreferencesMenu} />
      <Account />
      <Link to="/w/$ws/start" params={{ ws }} className={`${buttonClass('primary')} max-sm:px-2!`}>
        <Plus size={16} aria-hidden="true" />
        <span className="max-sm:sr-only">
          Start<span className="sr-only md:not-sr-only"> a run</span>
        </span>
      </Link>
    </header>
  );
}
