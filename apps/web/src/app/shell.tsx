import { Link, Outlet } from '@tanstack/react-router';
import {
  Archive,
  BookOpen,
  Cable,
  Layers,
  LayoutDashboard,
  ListChecks,
  OctagonX,
  Server,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Announcer } from '../ui/announcer.tsx';
import { Wordmark } from '../ui/wordmark.tsx';
import { Header } from './header.tsx';
import { useLiveSession } from './use-live-session.ts';
import { useShortcuts } from './use-shortcuts.ts';

const itemClass =
  'flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-base whitespace-nowrap text-muted hover:bg-hover hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-ink [&_svg]:text-faint data-[status=active]:[&_svg]:text-accent';

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex gap-0.5 md:grid">
      <div className="eyebrow hidden px-2.5 pt-3 pb-1 md:block">{label}</div>
      {children}
    </div>
  );
}

function Places({ ws }: { ws: string }) {
  return (
    <div className="flex gap-0.5 overflow-x-auto px-2 py-1 md:grid md:gap-1 md:overflow-visible md:px-3 md:py-0">
      <Group label="Operate">
        <Link to="/w/$ws/overview" params={{ ws }} className={itemClass}>
          <LayoutDashboard size={17} aria-hidden="true" />
          Overview
        </Link>
        <Link to="/w/$ws/runs" params={{ ws }} className={itemClass}>
          <ListChecks size={17} aria-hidden="true" />
          Runs
        </Link>
        <Link to="/w/$ws/bulk" params={{ ws }} className={itemClass}>
          <Layers size={17} aria-hidden="true" />
          Bulk actions
        </Link>
      </Group>
      <Group label="Recover">
        <Link to="/w/$ws/backup-sets" params={{ ws }} className={itemClass}>
          <Archive size={17} aria-hidden="true" />
          Backup sets
        </Link>
      </Group>
      <Group label="Connect">
        <Link to="/w/$ws/connections" params={{ ws }} className={itemClass}>
          <Cable size={17} aria-hidden="true" />
          Connections
        </Link>
      </Group>
      <Group label="Observe">
        <Link to="/w/$ws/workers" params={{ ws }} className={itemClass}>
          <Server size={17} aria-hidden="true" />
          Workers
        </Link>
        <Link to="/w/$ws/refusals" params={{ ws }} className={itemClass}>
          <OctagonX size={17} aria-hidden="true" />
          Refused starts
        </Link>
      </Group>
    </div>
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
        className="hidden border-line bg-surface md:sticky md:top-0 md:flex md:h-dvh md:flex-col md:border-r"
      >
        <div className="flex h-14 items-center px-5">
          <Link to="/w/$ws/overview" params={{ ws }} aria-label="Signalbox, home">
            <Wordmark />
          </Link>
        </div>
        <Places ws={ws} />
        <a href="/docs" className={`${itemClass} mx-3 mt-auto mb-4`}>
          <BookOpen size={17} aria-hidden="true" />
          API reference
        </a>
      </nav>
      <div className="flex min-w-0 flex-col">
        <Header ws={ws} />
        <nav aria-label="Main" className="border-b border-line bg-surface md:hidden">
          <Places ws={ws} />
        </nav>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <Outlet />
        </main>
      </div>
      <Announcer />
    </div>
  );
}
