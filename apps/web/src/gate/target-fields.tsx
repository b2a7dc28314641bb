import type { Connection } from '@signalbox/contracts/connection/connection';
import type { OperationEntry } from '@signalbox/contracts/operation/list-operations';
import { skipToken, useQuery } from '@tanstack/react-query';
import { trpc } from '../client/api.ts';
import { Unlisted } from '../operation/pickers/unlisted.tsx';
import { FaultLine } from '../ui/fault-view.tsx';
import { Field, Select } from '../ui/field.tsx';
import type { StartFaults } from './start-faults.ts';
import type { StartSearch } from './start-search.ts';

interface TargetFieldsProps {
  chosen: OperationEntry;
  search: StartSearch;
  faults: StartFaults;
  onChange: (part: Partial<StartSearch>) => void;
}

/** Which connection is used while none is named, as the gate chooses it. */
function unnamed(connections: readonly Connection[] | undefined): string {
  if (connections === undefined) return 'The default one';
  const byDefault = connections.find(({ isDefault }) => isDefault);
  if (byDefault !== undefined) return `${byDefault.label} (default)`;
  const [only, another] = connections;
  if (only === undefined) return 'The tenant has none';
  return another === undefined ? `${only.label} (the only one)` : 'None is the default: choose one';
}

/** Step two, first half: on which tenant, over which connection. */
export function TargetFields({ chosen, search, faults, onChange }: TargetFieldsProps) {
  const tenantId = search.tenant === undefined ? undefined : Number(search.tenant);
  const connectionId = search.connection === undefined ? undefined : Number(search.connection);
  const tenants = useQuery(trpc.tenant.list.queryOptions({ limit: 200 }));
  const connections = useQuery(
    trpc.connection.list.queryOptions(tenantId === undefined ? skipToken : { tenantId, limit: 200 }),
  );
  const fitting = connections.data?.items.filter(({ provider }) => provider === chosen.provider);
  const byDefault = fitting?.find(({ isDefault }) => isDefault);
  const broken = tenants.data === undefined ? tenants : connections;
  return (
    <fieldset className="grid min-w-0 gap-4 sm:grid-cols-2">
      <legend className="mb-2 text-base font-semibold">Target</legend>
      <Field label="Tenant" fault={faults.tenant}>
        {(ids) => (
          <Select
            {...ids}
            required
            value={search.tenant ?? ''}
            onChange={({ target }) => onChange({ tenant: target.value || undefined })}
          >
            <option value="">Choose a tenant</option>
            <Unlisted value={tenantId} listed={tenants.data?.items.map(({ id }) => id)} />
            {tenants.data?.items.map((tenant) => (
              <option key={tenant.id} value={tenant.id}>
                {tenant.name} ({tenant.externalId})
              </option>
            ))}
          </Select>
        )}
      </Field>
      {/* The step "name the connection to use" leads here. */}
      <div id="connection" className="grid scroll-mt-20 content-start">
        <Field label="Provider connection" fault={faults.connection}>
          {(ids) => (
            <Select
              {...ids}
              disabled={tenantId === undefined}
              value={search.connection ?? ''}
              onChange={({ target }) => onChange({ connection: target.value || undefined })}
            >
              <option value="">{unnamed(fitting)}</option>
              <Unlisted value={connectionId} listed={fitting?.map(({ id }) => id)} />
              {fitting
                // The default stands on top already, unless the link names it.
                ?.filter((one) => one !== byDefault || String(one.id) === search.connection)
                .map((connection) => (
                  <option key={connection.id} value={connection.id}>
                    {connection.label}
                    {connection.isDefault ? ' (default)' : ''}
                    {connection.enabled ? '' : ', disabled'}
                  </option>
                ))}
            </Select>
          )}
        </Field>
      </div>
      {broken.isError && broken.data === undefined && (
        <div className="sm:col-span-2">
          <FaultLine error={broken.error} onRetry={() => void broken.refetch()} />
        </div>
      )}
    </fieldset>
  );
}
