import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { Link } from '@tanstack/react-router';

type Holder = Pick<NonNullable<StartOutcome['holder']>, 'runId'>;

interface HolderLinkProps {
  readonly holder: Holder;
  readonly ws: string;
  /** Whether a sentence begins with it. */
  readonly begins?: boolean;
}

/** Names whoever holds a scope and leads there. */
export function HolderLink({ holder, ws, begins = false }: HolderLinkProps) {
  const { runId } = holder;
  if (runId === undefined) return <>{begins ? 'A' : 'a'} batch</>;
  return (
    <Link
      to="/w/$ws/runs/$runId"
      params={{ ws, runId: String(runId) }}
      className="link relative z-1 inline-flex min-h-6 items-center"
    >
      {begins ? 'Run' : 'run'} #{runId}
    </Link>
  );
}
