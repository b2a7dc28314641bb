import { useMutation } from '@tanstack/react-query';
import { Hourglass, UserRoundCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useServerNow } from '../clock/server-clock.ts';
import { timeLeft } from '../connection/connection-model.ts';
import { Button } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { OfferedValues } from './offered-values.tsx';
import type { Wizard } from './use-wizard.ts';

function Note({ icon, children, action }: { icon: ReactNode; children: ReactNode; action?: ReactNode }) {
  return (
    <div
      role="status"
      className="arriving flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line border-l-4 border-l-caution bg-caution-soft px-4 py-3"
    >
      <p className="flex min-w-0 items-start gap-2.5">
        <span className="mt-0.5 shrink-0 text-caution">{icon}</span>
        <span className="min-w-0">{children}</span>
      </p>
      {action}
    </div>
  );
}

function Left({ wizard }: { wizard: Wizard }) {
  const { until } = wizard.session.lock;
  return timeLeft(Date.parse(until ?? ''), useServerNow()) ?? '0:00';
}

/** What the person who edits, or did, must know about the lock: it ends soon, it went to somebody, what is kept. */
export function LockNotices({ wizard }: { wizard: Wizard }) {
  const { session, lockState, takenBy, state } = wizard;
  const keep = useMutation({ mutationFn: wizard.keepEditing });
  const restore = useMutation({ mutationFn: wizard.restoreOffered });
  const dismiss = useMutation({ mutationFn: wizard.dropOffered });
  const { readOnly } = wizard;
  // What had been saved is kept by the server, what had not by this tab; the newer wins.
  const offered =
    session.keptDraft === undefined && state.aside === null ? null : { ...session.keptDraft, ...state.aside };
  return (
    <>
      {lockState === 'ending' && (
        <Note
          icon={<Hourglass size={16} aria-hidden="true" />}
          action={
            <Button look="primary" pending={keep.isPending} onClick={() => keep.mutate()}>
              Keep editing
            </Button>
          }
        >
          <strong className="font-semibold">Your lock ends soon</strong>, in{' '}
          <span aria-live="off" className="tabular-nums">
            <Left wizard={wizard} />
          </span>
          . After that somebody else may edit; what you typed stays saved.
        </Note>
      )}
      {takenBy !== null && lockState !== 'mine' && lockState !== 'ending' && (
        <Note
          icon={<UserRoundCheck size={16} aria-hidden="true" />}
          action={<Button onClick={wizard.forgetTaken}>Understood</Button>}
        >
          <strong className="font-semibold">{takenBy} took over the editing.</strong> You can read on here.
          Nothing you typed is lost.
        </Note>
      )}
      {offered !== null && (
        <OfferedValues
          title="Typed by you, not in the form"
          values={offered}
          refused={readOnly}
          pending={restore.isPending}
          onPutBack={() => restore.mutate()}
          onDrop={() => dismiss.mutate()}
        >
          {readOnly === null
            ? 'To put them back replaces what stands in these fields now.'
            : 'They are kept for you. You can put them back once you are the one who edits.'}
        </OfferedValues>
      )}
      {[keep.error, restore.error, dismiss.error].map(
        (error) => error !== null && <FaultLine key={error.message} error={error} />,
      )}
    </>
  );
}
