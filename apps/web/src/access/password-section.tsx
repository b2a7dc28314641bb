import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field } from '../ui/field.tsx';
import { fieldFaults } from '../ui/field-faults.ts';
import { PasswordInput, passwordHelp } from './password-input.tsx';

const nothing = { current: '', next: '' };

/** Changes one's password. What else is signed in ends by it. */
export function PasswordSection({ username }: { username: string }) {
  const id = useId();
  const [typed, setTyped] = useState(nothing);
  const change = useMutation({
    mutationFn: () => api.account.changePassword.mutate(typed),
    onSuccess: () => {
      setTyped(nothing);
      return queryClient.invalidateQueries({ queryKey: trpc.account.sessions.queryKey() });
    },
  });
  const faults = fieldFaults(change.error, ['current', 'next']);
  const ended = change.data?.endedSessions ?? 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  return (
    <section aria-labelledby={id} className="panel min-w-0">
      <h2 id={id} className="border-b border-line px-4 py-2.5 text-base font-semibold">
        Password
      </h2>
      <form onSubmit={submit} className="grid gap-4 p-4">
        {/* For password managers, which keep a password under a name. */}
        <input hidden readOnly name="username" autoComplete="username" value={username} />
        <Field label="Current password" fault={faults.of.current}>
          {(ids) => (
            <PasswordInput
              {...ids}
              required
              autoComplete="current-password"
              value={typed.current}
              onChange={(event) => setTyped({ ...typed, current: event.target.value })}
            />
          )}
        </Field>
        <Field label="New password" help={passwordHelp} fault={faults.of.next}>
          {(ids) => (
            <PasswordInput
              {...ids}
              required
              autoComplete="new-password"
              value={typed.next}
              onChange={(event) => setTyped({ ...typed, next: event.target.value })}
            />
          )}
        </Field>
        {change.isError && !faults.all && <FaultLine error={change.error} />}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button look="primary" type="submit" pending={change.isPending}>
            Change the password
          </Button>
          <p role="status" className="text-sm text-muted">
            {change.isSuccess &&
              `Changed.${ended === 0 ? '' : ended === 1 ? ' One other session was ended.' : ` ${ended} other sessions were ended.`}`}
            {change.isIdle && 'Ends all your other sessions.'}
          </p>
        </div>
      </form>
    </section>
  );
}
