import { type FormEvent, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input } from '../ui/field.tsx';

interface NameFormProps {
  name: string;
  /** What the field is called. */
  label?: string;
  /** The longest name there may be, in characters. */
  longest?: number;
  help: string;
  act: string;
  pending: boolean;
  error: unknown;
  onName: (name: string) => void;
  onClose: () => void;
}

/** The name of a workspace, or of something in it, new or present. */
export function NameForm(props: NameFormProps) {
  const { name, label = 'Name', longest = 80, help, act, pending, error, onName, onClose } = props;
  const [typed, setTyped] = useState(name);
  const wanted = typed.trim();
  const missing = wanted === '' ? 'Name it first.' : wanted === name ? 'It has this name.' : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!pending && missing === null) onName(wanted);
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={label} help={help}>
        {(ids) => (
          <Input
            {...ids}
            required
            maxLength={longest}
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </Field>
      {error !== null && error !== undefined && <FaultLine error={error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" pending={pending} refused={missing}>
          {act}
        </Button>
      </div>
    </form>
  );
}
