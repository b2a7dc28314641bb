import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { fieldFaults } from '../ui/field-faults.ts';
import { TenantChoice, useTenantChoice } from '../workspace/tenant-choice.tsx';
import { tenantNames } from '../workspace/tenant-fields.tsx';
import { keepSession } from './session-query.ts';

/** Chooses the tenant to onboard, or makes it, and opens its wizard. One that is on its way already is resumed. */
export function OnboardDialog({ ws, onClose }: { ws: string; onClose: () => void }) {
  const router = useRouter();
  const [keys] = useState(makeStartKeys);
  const choice = useTenantChoice(undefined, keys);
  const open = useMutation({
    mutationFn: async () => api.onboarding.open.mutate({ id: await choice.settle() }),
    onSuccess: (session) => {
      keepSession(session);
      void router.navigate({
        to: '/w/$ws/onboarding/$tenantId',
        params: { ws, tenantId: String(session.tenant.id) },
      });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.tenant.pathKey() }),
  });
  const faults = fieldFaults(open.error, tenantNames);
  const { missing } = choice;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (missing === null && !open.isPending) open.mutate();
  };
  return (
    <Dialog open onClose={onClose} title="Onboard a tenant">
      <form className="grid gap-4" onSubmit={submit}>
        <TenantChoice
          choice={choice}
          help="A tenant that is on its way already is taken up where it stands."
          faults={faults.of}
        />
        {open.isError && !faults.all && <FaultLine error={open.error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" pending={open.isPending} refused={missing}>
            Open the wizard
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
