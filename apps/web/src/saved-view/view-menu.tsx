import { useMutation } from '@tanstack/react-query';
import { Pencil, Save, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { faultOf } from '../client/problem-model.ts';
import type { RunsSearch } from '../run/runs-search.ts';
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx';
import { toast } from '../ui/toasts.tsx';
import { viewSearchOf } from './view-model.ts';
import type { KeptView } from './views-bar.tsx';

interface ViewMenuProps {
  trigger: ReactElement<Record<string, unknown>>;
  given: {
    view: KeptView;
    search: RunsSearch;
    /** The search has moved on from what the view holds. */
    changed: boolean;
    onRename: () => void;
    onGone: () => void;
  };
}

const reread = () => queryClient.invalidateQueries({ queryKey: trpc.savedView.list.pathKey() });

/** What can be done with a view of one's own. */
export function ViewMenu({ trigger, given: { view, search, changed, onRename, onGone } }: ViewMenuProps) {
  const update = useMutation({
    mutationFn: () => api.savedView.update.mutate({ id: view.id, search: viewSearchOf(search) }),
    onSuccess: reread,
    onError: (error) => toast('The view was not saved', faultOf(error).detail),
  });
  const remove = useMutation({
    mutationFn: () => api.savedView.remove.mutate({ id: view.id }),
    onSuccess: async () => {
      onGone();
      await reread();
      toast('View deleted', view.name);
    },
    onError: (error) => toast('The view is still there', faultOf(error).detail),
  });
  return (
    <Menu trigger={trigger}>
      {changed && (
        <MenuItem icon={<Save size={15} aria-hidden="true" />} onClick={() => update.mutate()}>
          Save the changes to “{view.name}”
        </MenuItem>
      )}
      <MenuItem icon={<Pencil size={15} aria-hidden="true" />} onClick={onRename}>
        Rename
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<Trash2 size={15} aria-hidden="true" />} onClick={() => remove.mutate()}>
        Delete
      </MenuItem>
    </Menu>
  );
}
