import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CodeFault, CodeField, typedCode } from './code-field.tsx';

/** Asks for a code before something dangerous is done. The deed waits, and goes on by itself. */
export function StepUpDialog({ onAnswer }: { onAnswer: (given: boolean) => void }) {
  const [code, setCode] = useState('');
  const give = useMutation({
    mutationFn: () => api.session.stepUp.mutate({ mfa_code: typedCode(code) }),
    onSuccess: () => onAnswer(true),
    onError: () => setCode(''),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!give.isPending) give.mutate();
  };
  return (
    <Dialog open onClose={() => onAnswer(false)} title="Confirm with a code">
      <form
        onSubmit={submit}
        className="grid gap-4"
        onKeyDown={(event) => {
          // Escape closes this question and not the dialog that may stand behind it.
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onAnswer(false);
        }}
      >
        <p className="text-muted">
          This needs a fresh code of your second factor. It then counts for five minutes in this session.
        </p>
        <CodeField value={code} onChange={setCode} />
        {give.isError && <CodeFault error={give.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={() => onAnswer(false)}>Cancel</Button>
          <Button type="submit" look="primary" pending={give.isPending}>
            Confirm
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
