import type { Member } from '@signalbox/contracts/access/member';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { type PlaceDraft, PlaceFields, tenantsOf, unfinished } from './place-fields.tsx';

/** Asks for another role and other tenants of a member. */
export function ChangeMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const [place, setPlace] = useState<PlaceDraft>({
    role: member.role,
    all: member.tenants === 'all',
    tenants: member.tenants === 'all' ? [] : member.tenants.map(({ id }) => id),
  });
  const change = useMutation({
    mutationFn: () =>
      api.member.update.mutate({ id: member.id, role: place.role, tenants: tenantsOf(place) }),
    onSuccess: async () => {
      // One's own capabilities may be among what changed.
      await queryClient.invalidateQueries({ queryKey: trpc.session.me.pathKey() });
      await queryClient.invalidateQueries({ queryKey: trpc.member.pathKey() });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  return (
    <Dialog open onClose={onClose} title={`Change ${member.username}`}>
      <form onSubmit={submit} className="grid gap-4">
        <PlaceFields draft={place} onChange={setPlace} />
        <p className="text-sm text-muted">It counts from their next step on. Runs they started go on.</p>
        {change.isError && <FaultLine error={change.error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" pending={change.isPending} refused={unfinished(place)}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
