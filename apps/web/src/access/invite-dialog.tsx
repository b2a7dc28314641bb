import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { Time } from '../ui/time.tsx';
import { type PlaceDraft, PlaceFields, tenantsOf, unfinished } from './place-fields.tsx';

const days = [1, 3, 7, 14, 30];

/** The link at the only moment it is shown. */
function MadeLink({ link, email, expiresAt, onClose }: MadeLinkProps) {
  const address = new URL(link, location.origin).href;
  return (
    <Dialog open onClose={onClose} title="Pass this link on">
      <p className="text-muted">
        Nothing was sent. Give the link to {email} yourself: whoever opens it first can join, once. It is
        shown now and never again, and runs out <Time at={expiresAt} />.
      </p>
      <output className="block rounded-md border border-line bg-sunken px-3 py-2 font-mono text-sm break-all">
        {address}
      </output>
      <div className="flex flex-wrap justify-end gap-2">
        <CopyButton text={() => address}>Copy the link</CopyButton>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}

interface MadeLinkProps {
  link: string;
  email: string;
  expiresAt: string;
  onClose: () => void;
}

/** Asks for whom a place is opened, and shows the link that takes it. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState('');
  const [expiresInDays, setDays] = useState(7);
  const [place, setPlace] = useState<PlaceDraft>({ role: 'operator', all: true, tenants: [] });
  const invite = useMutation({
    mutationFn: () =>
      api.invitation.create.mutate({
        email: email.trim(),
        role: place.role,
        tenants: tenantsOf(place),
        expiresInDays,
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.invitation.list.pathKey() }),
  });
  if (invite.data !== undefined) {
    const { invitation, link } = invite.data;
    const { email: to, expiresAt } = invitation;
    return <MadeLink link={link} email={to} expiresAt={expiresAt} onClose={onClose} />;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!invite.isPending) invite.mutate();
  };
  return (
    <Dialog open onClose={onClose} title="Invite somebody">
      <form onSubmit={submit} className="grid gap-4">
        <Field label="Email" help="So that you know later whom the link was for. Nothing is sent there.">
          {(ids) => (
            <Input
              {...ids}
              type="email"
              required
              maxLength={254}
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <PlaceFields draft={place} onChange={setPlace} />
        <Field label="Works for">
          {(ids) => (
            <Select {...ids} value={expiresInDays} onChange={(event) => setDays(Number(event.target.value))}>
              {days.map((each) => (
                <option key={each} value={each}>
                  {each === 1 ? '1 day' : `${each} days`}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {invite.isError && <FaultLine error={invite.error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" pending={invite.isPending} refused={unfinished(place)}>
            Make the link
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
