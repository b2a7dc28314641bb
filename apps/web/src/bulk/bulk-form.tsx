import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import { Button } from '../ui/button.tsx';
import { CopyAs } from '../ui/copy-as.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input, TextArea } from '../ui/field.tsx';
import type { BulkSelection } from './bulk-selection.ts';
import type { BulkEstimateView } from './bulk-view.ts';
import { actionWords, type BulkAction, runsWords } from './bulk-words.ts';
import { frozenInput } from './selection-input.ts';

interface BulkFormProps {
  ws: string;
  action: BulkAction;
  selection: BulkSelection;
  estimate: BulkEstimateView;
  onClose: () => void;
}

/** The number without what a person may put between its digits. */
const digits = (text: string) => text.replace(/[\s,.]/g, '');

/** Why, and the number where it is large; then the bulk action is made. */
export function BulkForm({ ws, action, selection, estimate, onClose }: BulkFormProps) {
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  // One key for each body, made with the dialog: a double click or a repeat is one bulk action.
  const [keys] = useState(() => makeStartKeys());
  const why = reason.trim();
  const body = {
    action,
    selection: frozenInput(selection, estimate.createdBefore),
    ...(why !== '' && { reason: why }),
  };
  const create = useMutation({
    mutationFn: (given: typeof body) =>
      api.bulk.create.mutate(given, { context: { idempotencyKey: keys.keyOf(given) } }),
    onSuccess: (made) => {
      queryClient.setQueryData(trpc.bulk.get.queryKey({ id: made.id }), made);
      void queryClient.invalidateQueries({ queryKey: ['bulks'] });
      onClose();
      void navigate({ to: '/w/$ws/bulk/$bulkId', params: { ws, bulkId: String(made.id) } });
    },
  });
  const refused =
    estimate.total === 0
      ? 'No run is chosen.'
      : estimate.applies === 0
        ? 'It applies to none of these runs.'
        : estimate.reasonRequired && why === ''
          ? 'Say why first.'
          : estimate.confirm && digits(typed) !== String(estimate.total)
            ? `Type ${estimate.total} first.`
            : null;
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (refused === null && !create.isPending) create.mutate(body);
      }}
    >
      <Field label="Reason" optional={!estimate.reasonRequired} help="Kept in the audit log.">
        {(ids) => (
          <TextArea
            {...ids}
            required={estimate.reasonRequired}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {estimate.confirm && (
        <Field
          label={`Type ${estimate.total} to confirm`}
          help={`This is about ${runsWords(estimate.total)}.`}
        >
          {(ids) => (
            <Input
              {...ids}
              required
              inputMode="numeric"
              autoComplete="off"
              maxLength={10}
              className="h-9 w-40"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      )}
      {create.isError && <FaultLine error={create.error} />}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <span className="mr-auto">
          <CopyAs call={() => ({ method: 'POST', path: '/v1/bulk-actions', body, keyed: true })} />
        </span>
        <Button onClick={onClose}>Leave them</Button>
        <Button
          type="submit"
          look={action === 'cancel' ? 'danger' : 'primary'}
          pending={create.isPending}
          refused={refused}
        >
          {actionWords[action].go}
        </Button>
      </div>
    </form>
  );
}
