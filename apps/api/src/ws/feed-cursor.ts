import type { FeedPlace } from '@signalbox/db/queries/provisioning/feed';
import { AppError } from '@signalbox/domain/error/app-error';
import type { Cursors } from '../page/cursors.ts';

/** How long a cursor can be resumed after. */
const longestMs = 24 * 3_600_000;

/** Longer texts are no cursors. */
const mostCharacters = 512;

/** A place in the feed of a workspace as a text that a client carries but cannot make or move. */
export function writeFeedCursor(
  cursors: Cursors,
  workspaceId: string,
  { place, at }: { readonly place: FeedPlace; readonly at: Date },
): string {
  const { position, source, id, seq } = place;
  return cursors.write({ workspaceId, list: 'ws' }, [position, source, id, seq, at.getTime()]);
}

/** The place a cursor stands for; null when it belongs elsewhere, was made up, or is more than a day old. */
export function readFeedCursor(
  cursors: Cursors,
  workspaceId: string,
  { text, now }: { readonly text: string; readonly now: number },
): FeedPlace | null {
  if (text.length > mostCharacters) return null;
  try {
    const [position, source, id, seq, at] = cursors.read({ workspaceId, list: 'ws' }, text);
    if (now - Number(at) > longestMs) return null;
    return {
      position: String(position),
      source: source === 'batch' ? 'batch' : 'run',
      id: Number(id),
      seq: Number(seq),
    };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
