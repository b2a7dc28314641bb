import { useMutation, useQuery } from '@tanstack/react-query';
import { UserRound } from 'lucide-react';
import { useState } from 'react';
import { meQuery, useCan } from '../access/session.ts';
import { trpc } from '../client/api.ts';
import { ActionButton } from '../run/action-button.tsx';
import { Button } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Select } from '../ui/field.tsx';
import { LockLine } from './lock-line.tsx';
import { TakeOver } from './take-over.tsx';
import type { Wizard } from './use-wizard.ts';

const takeover = 'onboarding.takeover';

/** Who the session is given to. Anybody who edits may give it to a member, most often to themselves. */
function Assignee({ wizard }: { wizard: Wizard }) {
  const { session, readOnly } = wizard;
  const { data: me } = useQuery(meQuery());
  const members = useQuery(trpc.member.list.queryOptions({ limit: 200 }, { staleTime: 60_000 }));
  const assign = useMutation({ mutationFn: (id: number | null) => wizard.assign(id) });
  const chosen = assign.isPending ? assign.variables : (session.assignee?.id ?? null);
  const people = (members.data?.items ?? []).map(({ id, username }) => ({ id, username }));
  const { assignee } = session;
  const options =
    assignee === undefined || people.some(({ id }) => id === assignee.id) ? people : [assignee, ...people];
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <label htmlFor="assignee" className="inline-flex items-center gap-1.5 text-sm text-muted">
        <UserRound size={15} aria-hidden="true" />
        Assigned to
      </label>
      <Select
        id="assignee"
        className="h-8 w-36"
        value={chosen ?? ''}
        disabled={readOnly !== null || assign.isPending}
        title={readOnly ?? undefined}
        onChange={({ target: { value } }) => assign.mutate(value === '' ? null : Number(value))}
      >
        <option value="">Nobody</option>
        {options.map(({ id, username }) => (
          <option key={id} value={id}>
            {username}
            {id === me?.user.id ? ' (me)' : ''}
          </option>
        ))}
      </Select>
      {me !== undefined && chosen !== me.user.id && (
        <Button
          look="quiet"
          refused={readOnly}
          pending={assign.isPending}
          onClick={() => assign.mutate(me.user.id)}
        >
          Assign to me
        </Button>
      )}
      {assign.isError && <FaultLine error={assign.error} />}
    </div>
  );
}

/** Who holds the session and who edits it, with the ways to hand it on. */
export function WizardHeader({ wizard }: { wizard: Wizard }) {
  const { session, lockState } = wizard;
  const mayTake = useCan(takeover);
  const mayEdit = useCan('onboarding.edit');
  const [taking, setTaking] = useState(false);
  const release = useMutation({ mutationFn: wizard.release });
  const holder = session.lock.holder ?? 'them';
  return (
    <section
      aria-label="Who works on it"
      className="panel flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-2.5"
    >
      <Assignee wizard={wizard} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
        <LockLine lock={session.lock} />
        {lockState === 'other' && (
          <>
            {!mayTake && (
              <span className="text-muted">Ask {holder} to stop editing, or a manager to take over.</span>
            )}
            <ActionButton
              look="danger"
              refused={mayTake ? null : `You lack the capability ${takeover}.`}
              onClick={() => setTaking(true)}
            >
              Take over now
            </ActionButton>
          </>
        )}
        {lockState === 'free' && mayEdit && (
          <span className="text-muted">Your first change takes the lock.</span>
        )}
        {(lockState === 'mine' || lockState === 'ending') && (
          <Button pending={release.isPending} onClick={() => release.mutate()}>
            Stop editing
          </Button>
        )}
      </div>
      {release.isError && (
        <div className="basis-full">
          <FaultLine error={release.error} />
        </div>
      )}
      {taking && <TakeOver session={session} onClose={() => setTaking(false)} />}
    </section>
  );
}
