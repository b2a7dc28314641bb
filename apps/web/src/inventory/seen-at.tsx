import { CircleMinus } from 'lucide-react';
import { Time } from '../ui/time.tsx';

/** When a thing was last seen at the provider, or that a sync found it gone. */
export function SeenAt({ lastSeenAt, removedAt }: { lastSeenAt: string; removedAt: string | undefined }) {
  if (removedAt === undefined) {
    return (
      <span className="text-sm text-muted">
        <span className="lg:sr-only">Seen </span>
        <Time at={lastSeenAt} />
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5 text-sm text-caution">
      <CircleMinus size={14} aria-hidden="true" className="shrink-0" />
      <span>
        Removed, <Time at={removedAt} />
      </span>
    </span>
  );
}
