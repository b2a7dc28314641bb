import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field } from '../ui/field.tsx';
import { fieldFaults } from '../ui/field-faults.ts';
import { CodeFault, CodeField, typedCode } from './code-field.tsx';
import { PasswordInput } from './password-input.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

interface EnrolDialogProps {
  username: string;
  onClose: () => void;
  /** Called as soon as the factor is enabled, while the recovery codes are still shown. */
  onEnabled: () => void;
}

/** A second factor in three steps: the password, the secret with a first code, the recovery codes. */
export function EnrolDialog({ username, onClose, onEnabled }: EnrolDialogProps) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const offer = useMutation({ mutationFn: () => api.account.enrolSecondFactor.mutate({ password }) });
  const confirm = useMutation({
    mutationFn: () => api.account.confirmSecondFactor.mutate({ code: typedCode(code) }),
    onSuccess: onEnabled,
    onError: () => setCode(''),
  });
  const submitting = (deed: { isPending: boolean; mutate: () => void }) => (event: FormEvent) => {
    event.preventDefault();
    if (!deed.isPending) deed.mutate();
  };
  const faults = fieldFaults(offer.error, ['password']);

  if (confirm.data !== undefined) {
    return (
      <Dialog open onClose={() => {}} title="Second factor enabled">
        <RecoveryCodes codes={confirm.data.recoveryCodes} username={username} onDone={onClose} />
      </Dialog>
    );
  }
  if (offer.data === undefined) {
    return (
      <Dialog open onClose={onClose} title="Enrol a second factor">
        <form onSubmit={submitting(offer)} className="grid gap-4">
          <p className="text-muted">
            At sign-in an authenticator app then gives a code besides your password. Confirm first that it is
            you.
          </p>
          <input hidden readOnly name="username" autoComplete="username" value={username} />
          <Field label="Current password" fault={faults.of.password}>
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
          {offer.isError && !faults.all && <FaultLine error={offer.error} />}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" pending={offer.isPending}>
              Continue
            </Button>
          </div>
        </form>
      </Dialog>
    );
  }
  const { secret, uri } = offer.data;
  return (
    <Dialog open onClose={onClose} title="Enrol a second factor">
      <form onSubmit={submitting(confirm)} className="grid gap-4">
        <p className="text-muted">Read this with your authenticator app, or type the secret in by hand.</p>
        <div className="flex flex-wrap items-start justify-center gap-4">
          <QrCode text={uri} label="QR code with the secret that stands beside it" />
          <div className="grid min-w-0 flex-1 basis-36 justify-items-start gap-1">
            <span className="text-sm font-medium">Secret</span>
            <code className="font-mono text-sm break-all select-all">
              {secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
            </code>
            <div className="-ml-3">
              <CopyButton text={() => secret}>Copy the secret</CopyButton>
            </div>
          </div>
        </div>
        <CodeField value={code} onChange={setCode} recovery={false} />
        {confirm.isError && <CodeFault error={confirm.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" pending={confirm.isPending}>
            Enable
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
