import { getRouteApi, useLocation } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import type { RunsSearch } from './runs-search.ts';

const route = getRouteApi('/w/$ws/runs');

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Cursors of the pages before this one, newest page first; `''` is the first page. */
    trail?: string[];
  }
}

/**
 * Newer and older pages. The API gives only the way on, so the way back is kept beside the URL; a page opened
 * from a link has none, and its "Newer" leads to the newest.
 */
export function RunsPager({ search, nextCursor }: { search: RunsSearch; nextCursor: string | null }) {
  const navigate = route.useNavigate();
  const trail = useLocation({ select: ({ state }) => state.trail }) ?? [];
  const here = search.cursor ?? '';
  const go = (cursor: string, way: string[]) => {
    void navigate({ search: (old) => ({ ...old, cursor: cursor || undefined }), state: { trail: way } });
    scrollTo({ top: 0 });
  };
  if (here === '' && nextCursor === null) return null;
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2">
      <Button
        icon={<ArrowLeft size={15} aria-hidden="true" />}
        refused={here === '' ? 'These are the newest runs.' : null}
        onClick={() => go(trail.at(-1) ?? '', trail.slice(0, -1))}
      >
        Newer
      </Button>
      <Button
        refused={nextCursor === null ? 'There are no older runs.' : null}
        onClick={() => go(nextCursor ?? '', [...trail, here])}
      >
        Older
        <ArrowRight size={15} aria-hidden="true" />
      </Button>
    </nav>
  );
}
