import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Id } from '../ui/id.tsx';
import { Duration, Time } from '../ui/time.tsx';
import { infraOf } from './infra-of.ts';
import { initiatorText } from './initiator.tsx';
import type { RunView } from './run-view.ts';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="text-faint">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

/** Which try it is. The reader need not know the limit of an operation that has only one. */
function Attempt({ attempt }: Pick<RunView, 'attempt'>) {
  if (attempt.most === 1 || attempt.number === 0) return null;
  return (
    <Fact label="Attempt">
      {attempt.number} of {attempt.most}
      {attempt.nextAt !== undefined && (
        <>
          , the next <Time at={attempt.nextAt} hinted />
        </>
      )}
    </Fact>
  );
}

/** Who, when, where, which try: the line of facts under the status. */
export function RunFacts({ run, ws }: { run: RunView; ws: string }) {
  const infra = infraOf(run);
  return (
    <dl className="flex flex-wrap items-baseline gap-x-5 gap-y-1 text-sm">
      <Fact label="Id">
        <Id id={run.uid} />
      </Fact>
      <Fact label="Name">
        <span className="font-mono">{run.codename}</span>
      </Fact>
      {infra !== null && (
        <Fact label="Infra">
          <Link to="/w/$ws/infras/$infra" params={{ ws, infra: infra.name }} className="link font-mono">
            {infra.name}
          </Link>
        </Fact>
      )}
      {infra?.check === true && <Fact label="Mode">check, writes nothing</Fact>}
      {run.connection && (
        <Fact label="Connection">
          <Link
            to="/w/$ws/connections/$connectionId"
            params={{ ws, connectionId: String(run.connection.id) }}
            className="link"
          >
            {run.connection.label}
          </Link>
        </Fact>
      )}
      <Fact label="Started by">{initiatorText(run.initiator)}</Fact>
      <Fact label="Created">
        <Time at={run.createdAt} hinted />
      </Fact>
      {run.finishedAt !== undefined && (
        <Fact label="Ended">
          <Time at={run.finishedAt} hinted />
        </Fact>
      )}
      {run.startedAt && (
        <Fact label="Duration">
          <Duration from={run.startedAt} to={run.finishedAt ?? null} />
        </Fact>
      )}
      <Attempt attempt={run.attempt} />
      {run.attempt.lostLeases > 0 && <Fact label="Workers lost in a row">{run.attempt.lostLeases}</Fact>}
      {run.tags.length > 0 && <Fact label="Tags">{run.tags.join(', ')}</Fact>}
    </dl>
  );
}
