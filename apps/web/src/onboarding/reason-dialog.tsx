import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, TextArea } from '../ui/field.tsx';

interface ReasonDialogProps {
  title: string;
  /** What will happen, said before it does. */
  effect: ReactNode;
  keep: string;
  deed: string;
  pending: boolean;
  error: unknown;
  onClose: () => void;
  onSubmit: (reason: string) => void;
}

/** Asks why, before something is taken from somebody or ended. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, effect, keep, deed, pending, error, onClose, onSubmit } = props;
  const [reason, setReason] = useState('');
  const said = reason.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (said !== '' && !pending) onSubmit(said);
  };
  return (
    <Dialog open onClose={onClose} title={title}>
      <p className="text-muted">{effect}</p>
      <form className="grid gap-4" onSubmit={submit}>
        <Field label="Reason" help="Shown with the session and kept in the audit log.">
          {(ids) => (
            <TextArea {...ids} required value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        {error !== null && <FaultLine error={error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{keep}</Button>
          <Button
            type="submit"
            look="danger"
            pending={pending}
            refused={said === '' ? 'Say why first.' : null}
          >
            {deed}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
