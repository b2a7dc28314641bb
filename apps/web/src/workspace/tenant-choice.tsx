import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCan } from '../access/session.ts';
import { api, trpc } from '../client/api.ts';
import type { StartKeys } from '../gate/start-key.ts';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Select } from '../ui/field.tsx';
import { noTenant, TenantFields, tenantInput, tenantMissing, type tenantNames } from './tenant-fields.tsx';

const newOne = 'new';

/** The choice of a tenant of the workspace, or of a new one that is made with what follows. */
export function useTenantChoice(given: string | undefined, keys: StartKeys) {
  const mayAdd = useCan('tenant.manage');
  const tenants = useQuery(trpc.tenant.list.queryOptions({ limit: 200 }));
  const [chosen, setChosen] = useState(given ?? '');
  const [draft, setDraft] = useState(noTenant);
  const one = tenants.data?.items.find((each) => String(each.id) === chosen);
  return {
    ...{ tenants, mayAdd, chosen, setChosen, draft, setDraft },
    isNew: chosen === newOne,
    /** The chosen one, where it is there already. */
    one,
    called: chosen === newOne ? draft.name.trim() : (one?.name ?? ''),
    /** Why nothing can be sent yet. */
    missing: chosen === '' ? 'Choose a tenant first.' : chosen === newOne ? tenantMissing(draft) : null,
    /** The id of the tenant, which is made first where it is new. Sent again after a failure it is the same tenant. */
    settle: async (): Promise<number> => {
      if (chosen !== newOne) return Number(chosen);
      const added = tenantInput(draft);
      return (await api.tenant.create.mutate(added, { context: { idempotencyKey: keys.keyOf(added) } })).id;
    },
  };
}

interface TenantChoiceProps {
  choice: ReturnType<typeof useTenantChoice>;
  help?: string;
  faults: Readonly<Record<(typeof tenantNames)[number], string | null>> & {
    readonly tenantId?: string | null;
  };
}

/** The tenants to choose from, and the fields of a new one. */
export function TenantChoice({ choice, help, faults }: TenantChoiceProps) {
  const { tenants, mayAdd, chosen, setChosen, draft, setDraft, isNew } = choice;
  return (
    <>
      <Field label="Tenant" {...(help !== undefined && { help })} fault={faults.tenantId ?? null}>
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
      {isNew && <TenantFields draft={draft} onChange={setDraft} faults={faults} />}
    </>
  );
}
