import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useCan } from '../access/session.ts';
import { api, queryClient, trpc } from '../client/api.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Select } from '../ui/field.tsx';
import { fieldFaults } from '../ui/field-faults.ts';
import {
  noTenant,
  TenantFields,
  tenantInput,
  tenantMissing,
  tenantNames,
} from '../workspace/tenant-fields.tsx';
import { keepSession } from './session-query.ts';

const newOne = 'new';

/** Chooses the tenant to onboard, or makes it, and opens its wizard. One that is on its way already is resumed. */
export function OnboardDialog({ ws, onClose }: { ws: string; onClose: () => void }) {
  const router = useRouter();
  const mayAdd = useCan('tenant.manage');
  const tenants = useQuery(trpc.tenant.list.queryOptions({ limit: 200 }));
  const [chosen, setChosen] = useState('');
  const [tenant, setTenant] = useState(noTenant);
  const [keys] = useState(makeStartKeys);
  const open = useMutation({
    mutationFn: async () => {
      const added = tenantInput(tenant);
      const id =
        chosen === newOne
          ? // Sent again after a failure under the same key it is the same tenant.
            (await api.tenant.create.mutate(added, { context: { idempotencyKey: keys.keyOf(added) } })).id
          : Number(chosen);
      return api.onboarding.open.mutate({ id });
    },
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
  const missing = chosen === '' ? 'Choose a tenant first.' : chosen === newOne ? tenantMissing(tenant) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (missing === null && !open.isPending) open.mutate();
  };
  return (
    <Dialog open onClose={onClose} title="Onboard a tenant">
      <form className="grid gap-4" onSubmit={submit}>
        <Field label="Tenant" help="A tenant that is on its way already is taken up where it stands.">
          {(ids) => (
            <Select {...ids} required value={chosen} onChange={({ target }) => setChosen(target.value)}>
              <option value="">Choose a tenant</option>
              {tenants.data?.items.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name} ({each.externalId})
                </option>
              ))}
              <option value={newOne} disabled={!mayAdd}>
                {mayAdd ? 'A new tenant…' : 'A new tenant: needs tenant.manage'}
              </option>
            </Select>
          )}
        </Field>
        {tenants.isError && <FaultLine error={tenants.error} onRetry={() => void tenants.refetch()} />}
        {chosen === newOne && <TenantFields draft={tenant} onChange={setTenant} faults={faults.of} />}
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
