import { CatchBoundary, Link, Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Announcer } from '../ui/announcer.tsx';
import { Wordmark } from '../ui/wordmark.tsx';
import { Header } from './header.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { showOverlay, useOverlay } from './overlays.ts';
import { PlacesNav } from './places-nav.tsx';
import { useLiveSession } from './use-live-session.ts';
import { useShortcuts } from './use-shortcuts.ts';

const NavDrawer = lazy(async () => ({ default: (await import('./nav-drawer.tsx')).NavDrawer }));
const Palette = lazy(async () => ({ default: (await import('../palette/palette.tsx')).Palette }));
const NewWorkspace = lazy(async () => ({
  default: (await import('../workspace/new-workspace.tsx')).NewWorkspace,
}));
const ShortcutSheet = lazy(async () => ({
  default: (await import('../keyboard/shortcut-sheet.tsx')).ShortcutSheet,
}));

const close = () => showOverlay(null);

/** What can stand in front of a page; its code is loaded when it is first asked for. */
function Overlays({ ws }: { ws: string }) {
  const overlay = useOverlay();
  return (
    <CatchBoundary getResetKey={() => overlay ?? 'none'} errorComponent={() => null}>
      <Suspense fallback={null}>
        {overlay === 'menu' && <NavDrawer ws={ws} onClose={close} />}
        {overlay === 'palette' && <Palette ws={ws} onClose={close} />}
        {overlay === 'workspace' && <NewWorkspace onClose={close} />}
        {overlay === 'shortcuts' && <ShortcutSheet onClose={close} />}
      </Suspense>
    </CatchBoundary>
  );
}

/** What stands around every page of a workspace. */
export function Shell({ ws }: { ws: string }) {
  useLiveSession();
  useShortcuts(ws);
  return (
    <div className="grid min-h-dvh md:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <nav
        aria-label="Main"
        className="hidden overflow-y-auto border-line bg-surface md:sticky md:top-0 md:flex md:h-dvh md:flex-col md:border-r"
      >
        <div className="flex h-14 shrink-0 items-center px-5">
          <Link to="/w/$ws/overview" params={{ ws }} aria-label="Signalbox, home">
            <Wordmark />
          </Link>
        </div>
        <PlacesNav ws={ws} />
      </nav>
      <div className="flex min-w-0 flex-col">
        <Header ws={ws} />
        <OfflineBanner />
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <Outlet />
        </main>
      </div>
      <Overlays ws={ws} />
      <Announcer />
    </div>
  );
}
