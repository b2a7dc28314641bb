import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../client/api.ts';
import { problemOf } from '../client/problem-model.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field } from '../ui/field.tsx';
import { CodeField, typedCode } from './code-field.tsx';
import { PasswordInput } from './password-input.tsx';

interface DisableFactorDialogProps {
  username: string;
  onClose: () => void;
  onDisabled: () => void;
}

/** Takes the second factor away, for who can show both. */
export function DisableFactorDialog({ username, onClose, onDisabled }: DisableFactorDialogProps) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const disable = useMutation({
    mutationFn: () => api.account.disableSecondFactor.mutate({ password, code: typedCode(code) }),
    onSuccess: onDisabled,
    onError: () => setCode(''),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!disable.isPending) disable.mutate();
  };
  const refused = problemOf(disable.error)?.code === 'code_refused';
  return (
    <Dialog open onClose={onClose} title="Disable the second factor">
      <form onSubmit={submit} className="grid gap-4">
        <p className="text-muted">
          Your password alone then lets anyone in who knows it. Your recovery codes stop working.
        </p>
        <input hidden readOnly name="username" autoComplete="username" value={username} />
        <Field label="Current password">
          {(ids) => (
            <PasswordInput
              {...ids}
              required
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <CodeField value={code} onChange={setCode} focused={false} />
        {refused && (
          <p role="alert" className="rounded-md border border-stop bg-stop-soft px-3 py-2 text-sm">
            <strong className="font-semibold">Not accepted.</strong> The password or the code is wrong. A code
            works once.
          </p>
        )}
        {disable.isError && !refused && <FaultLine error={disable.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" look="danger" pending={disable.isPending}>
            Disable it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
