import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { Link } from '@tanstack/react-router';

type Holder = Pick<NonNullable<StartOutcome['holder']>, 'runId' | 'batchId'>;

interface HolderLinkProps {
  readonly holder: Holder;
  readonly ws: string;
  /** Whether a sentence begins with it. */
  readonly begins?: boolean;
}

/** Names whoever holds a scope and leads there. */
export function HolderLink({ holder, ws, begins = false }: HolderLinkProps) {
  const { runId, batchId } = holder;
  const look = 'link relative z-1 inline-flex min-h-6 items-center';
  if (runId === undefined) {
    const batch = `${begins ? 'A' : 'a'} batch`;
    if (batchId === undefined) return <>{batch}</>;
    return (
      <Link to="/w/$ws/batches/$batchId" params={{ ws, batchId }} className={look}>
        {batch}
      </Link>
    );
  }
  return (
    <Link to="/w/$ws/runs/$runId" params={{ ws, runId: String(runId) }} className={look}>
      {begins ? 'Run' : 'run'} #{runId}
    </Link>
  );
}
