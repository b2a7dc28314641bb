import type { StartOutcome } from '@signalbox/contracts/gate/start-outcome';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { OutcomePanel } from '../gate/outcome-panel.tsx';
import { makeStartKeys } from '../gate/start-key.ts';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input, TextArea } from '../ui/field.tsx';
import { changesText } from './checkpoint-model.ts';
import type { RollbackPreviewView } from './checkpoint-view.ts';
import type { RollbackAim } from './rollback-aim.ts';
import { confirmWord } from './rollback-model.ts';

interface RollbackFormProps {
  aim: RollbackAim;
  preview: RollbackPreviewView;
  ws: string;
}

/** What stays although it was asked for; said before the button. */
function Remains({ preview: { impossible, possible } }: Pick<RollbackFormProps, 'preview'>) {
  if (impossible === 0) return null;
  return (
    <p className="rounded-md border border-stop bg-stop-soft px-3 py-2 text-sm">
      <strong className="font-semibold">
        {impossible} of {changesText(possible + impossible)} cannot be undone
      </strong>{' '}
      and {impossible === 1 ? 'stays as it is' : 'stay as they are'}. The reasons stand with the steps.
    </p>
  );
}

/** Why, and the word that confirms it; then the rollback starts as a run of its own. */
export function RollbackForm({ aim, preview, ws }: RollbackFormProps) {
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  // One key for each body: a double click, or a repeat after a lost answer, is one rollback.
  const [keys] = useState(makeStartKeys);
  const body = { ...aim, reason: reason.trim() };
  const start = useMutation({
    mutationFn: (given: typeof body): Promise<StartOutcome> =>
      api.rollback.start.mutate(given, { context: { idempotencyKey: keys.keyOf(given) } }),
    networkMode: 'always',
    onSuccess: (outcome, given) => {
      if (outcome.run === undefined) return;
      keys.used(given);
      void queryClient.invalidateQueries({ queryKey: trpc.run.list.queryKey() });
      void queryClient.invalidateQueries({ queryKey: trpc.checkpoint.pathKey() });
      if (outcome.outcome !== 'accepted') return;
      void navigate({ to: '/w/$ws/runs/$runId', params: { ws, runId: String(outcome.run.id) } });
    },
    // Also when it was refused: then the plan is no longer what the page shows.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['rollback-preview'] }),
  });
  const word = confirmWord(preview);
  const refused =
    preview.possible === 0
      ? 'Nothing of it can be undone.'
      : body.reason === ''
        ? 'Say why first.'
        : typed.trim() === word
          ? null
          : `Type “${word}” first.`;
  const refusal = start.data !== undefined && start.data.outcome !== 'accepted' ? start.data : null;
  return (
    <form
      aria-label="Roll back"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (refused === null && !start.isPending) start.mutate(body);
      }}
    >
      <Remains preview={preview} />
      <Field label="Reason" help="Kept with the run and in the audit log.">
        {(ids) => (
          <TextArea
            {...ids}
            required
            maxLength={1_000}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </Field>
      <Field
        label={`Type “${word}” to confirm`}
        help={
          preview.checkpoint === undefined
            ? `${changesText(preview.possible)} ${preview.possible === 1 ? 'is' : 'are'} undone.`
            : 'The name of the checkpoint.'
        }
      >
        {(ids) => (
          <Input
            {...ids}
            required
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </Field>
      {start.isError && <FaultLine error={start.error} onRetry={() => start.mutate(body)} />}
      {refusal !== null && (
        <section aria-label="The gate answered" aria-live="polite" className="border-t border-line pt-4">
          <OutcomePanel outcome={refusal} ws={ws} happened />
        </section>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <CopyAs call={() => ({ method: 'POST', path: '/v1/rollbacks', body, keyed: true })} />
        <Button
          type="submit"
          look="danger"
          icon={<Undo2 size={15} aria-hidden="true" />}
          pending={start.isPending}
          refused={refused}
        >
          Undo {changesText(preview.possible).toLowerCase()}
        </Button>
      </div>
    </form>
  );
}
