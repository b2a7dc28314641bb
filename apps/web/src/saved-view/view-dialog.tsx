import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import type { RunsSearch } from '../run/runs-search.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input } from '../ui/field.tsx';
import { viewSearchOf } from './view-model.ts';
import type { KeptView } from './views-bar.tsx';

interface ViewDialogProps {
  /** The view that gets another name, or null for a new one. */
  view: KeptView | null;
  search: RunsSearch;
  onSaved: (id: number) => void;
  onClose: () => void;
}

/** Asks for the name of a view, new or renamed. */
export function ViewDialog({ view, search, onSaved, onClose }: ViewDialogProps) {
  const [name, setName] = useState(view?.name ?? '');
  const save = useMutation({
    mutationFn: () =>
      view === null
        ? api.savedView.create.mutate({ page: 'runs', name, search: viewSearchOf(search) })
        : api.savedView.update.mutate({ id: view.id, name }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: trpc.savedView.list.pathKey() });
      onSaved(id);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  };
  return (
    <Dialog open onClose={onClose} title={view === null ? 'Save this view' : 'Rename the view'}>
      <form onSubmit={submit} className="grid gap-4">
        <Field
          label="Name"
          help={
            view === null ? 'Only you see it. Ranges such as the last 24 hours stay relative.' : undefined
          }
        >
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={60}
              value={name}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {save.isError && <FaultLine error={save.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            pending={save.isPending}
            refused={name.trim() === '' ? 'A view needs a name.' : null}
          >
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
