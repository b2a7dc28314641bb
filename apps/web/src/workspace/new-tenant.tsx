import type { Tenant } from '@signalbox/contracts/workspace/tenant';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useCan } from '../access/session.ts';
import { api, queryClient, trpc } from '../client/api.ts';
import { makeStartKeys } from '../gate/start-key.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { fieldFaults } from '../ui/field-faults.ts';
import { StepLink } from '../ui/step-link.tsx';
import { noTenant, TenantFields, tenantInput, tenantMissing, tenantNames } from './tenant-fields.tsx';

interface NewTenantProps {
  ws: string;
  onClose: () => void;
}

/** What comes after a tenant is made: a way to its provider, step by step or at once. */
function Made({ tenant, ws, onClose }: NewTenantProps & { tenant: Tenant }) {
  const manage = useCan('connection.manage');
  const onboard = useCan('onboarding.edit');
  return (
    <Dialog open onClose={onClose} title={`${tenant.name} is added`}>
      <p className="text-muted">
        Nothing can be started on it yet: it has no way to its provider. The onboarding leads there step by
        step and verifies each; a connection alone is quicker where everything is known.
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Later</Button>
        {manage && (
          <Link
            to="/w/$ws/connections"
            params={{ ws }}
            search={{ tenant: String(tenant.id), open: 'new' }}
            className={buttonClass(onboard ? 'plain' : 'primary')}
          >
            Add a connection
          </Link>
        )}
        {onboard && (
          <StepLink href={`/w/${ws}/onboarding/${tenant.id}`} className={buttonClass('primary')}>
            Start the onboarding
            <ArrowRight size={15} aria-hidden="true" />
          </StepLink>
        )}
      </div>
    </Dialog>
  );
}

/** Adds an environment to the workspace, then says what comes next. */
export function NewTenant({ ws, onClose }: NewTenantProps) {
  const [keys] = useState(makeStartKeys);
  const [draft, setDraft] = useState(noTenant);
  const create = useMutation({
    mutationFn: () => {
      const input = tenantInput(draft);
      return api.tenant.create.mutate(input, { context: { idempotencyKey: keys.keyOf(input) } });
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.tenant.pathKey() }),
  });
  if (create.data !== undefined) return <Made tenant={create.data} ws={ws} onClose={onClose} />;
  const faults = fieldFaults(create.error, tenantNames);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (tenantMissing(draft) === null && !create.isPending) create.mutate();
  };
  return (
    <Dialog open onClose={onClose} title="New tenant">
      <form className="grid gap-4" onSubmit={submit}>
        <TenantFields draft={draft} onChange={setDraft} faults={faults.of} />
        {create.isError && !faults.all && <FaultLine error={create.error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" pending={create.isPending} refused={tenantMissing(draft)}>
            Add the tenant
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
