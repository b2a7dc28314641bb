import { operationNames, operationRule } from '@signalbox/domain/operation/registry';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { trpc } from '../client/api.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/field.tsx';
import { isFiltered, type RunsSearch } from './runs-search.ts';

const route = getRouteApi('/w/$ws/runs');

/** Choices of the status filter; each may stand for several states of the lifecycle. */
const statusChoices: readonly (readonly [string, string])[] = [
  ['pending,queued,running,awaiting_approval', 'Active'],
  ['queued', 'Queued'],
  ['running', 'Running'],
  ['awaiting_approval', 'Waiting for approval'],
  ['succeeded', 'Succeeded'],
  ['partial', 'Partial'],
  ['failed', 'Failed'],
  ['failed,partial', 'Failed or partial'],
  ['cancelled', 'Cancelled'],
];

/** The filter of the runs list. Everything it says is in the URL. */
export function RunsFilter({ search }: { search: RunsSearch }) {
  const navigate = route.useNavigate();
  const tenants = useQuery(trpc.tenant.list.queryOptions({ limit: 200 }));
  const change = (part: Partial<RunsSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part, cursor: undefined }), state: {} });
  const known = statusChoices.some(([value]) => value === search.status);
  const clear = {
    status: undefined,
    operation: undefined,
    tenant: undefined,
    connection: undefined,
    by: undefined,
  };

  return (
    <search className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap">
      <Select
        aria-label="Status"
        data-filter
        className="h-9 w-full sm:w-48"
        value={search.status ?? ''}
        onChange={(event) => change({ status: event.target.value || undefined })}
      >
        <option value="">Any status</option>
        {statusChoices.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
        {search.status !== undefined && !known && <option value={search.status}>{search.status}</option>}
      </Select>
      <Select
        aria-label="Operation"
        className="h-9 w-full sm:w-60"
        value={search.operation ?? ''}
        onChange={(event) => change({ operation: event.target.value || undefined })}
      >
        <option value="">Any operation</option>
        {operationNames.map((name) => (
          <option key={name} value={name}>
            {operationRule(name).label}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Tenant"
        className="h-9 w-full sm:w-44"
        value={search.tenant ?? ''}
        onChange={(event) => change({ tenant: event.target.value || undefined })}
      >
        <option value="">Any tenant</option>
        {tenants.data?.items.map(({ id, externalId }) => (
          <option key={id} value={id}>
            {externalId}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Started by"
        className="h-9 w-full sm:w-32"
        value={search.by ?? ''}
        onChange={(event) => change({ by: event.target.value === 'me' ? 'me' : undefined })}
      >
        <option value="">By anyone</option>
        <option value="me">By me</option>
      </Select>
      {isFiltered(search) && (
        <Button look="quiet" icon={<X size={15} aria-hidden="true" />} onClick={() => change(clear)}>
          Clear
        </Button>
      )}
    </search>
  );
}
