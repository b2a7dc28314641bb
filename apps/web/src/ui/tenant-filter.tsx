import { useQuery } from '@tanstack/react-query';
import { trpc } from '../client/api.ts';
import { Select } from './field.tsx';

interface TenantFilterProps {
  tenant: string | undefined;
  onChange: (tenant: string | undefined) => void;
}

/** Narrows a list to one tenant. */
export function TenantFilter({ tenant, onChange }: TenantFilterProps) {
  const tenants = useQuery(trpc.tenant.list.queryOptions({ limit: 200 }));
  return (
    <search>
      <Select
        aria-label="Tenant"
        data-filter
        className="h-9 w-full sm:w-56"
        value={tenant ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
      >
        <option value="">Any tenant</option>
        {tenants.data?.items.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </search>
  );
}
