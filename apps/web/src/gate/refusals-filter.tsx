import { reasonCodes, reasonRule } from '@signalbox/domain/gate/reasons';
import { operationNames, operationRule } from '@signalbox/domain/operation/registry';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { trpc } from '../client/api.ts';
import { rangeWords } from '../run/relative-range.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/field.tsx';
import { outcomeView } from './outcome-model.ts';
import { isNarrowed, type RefusalsSearch } from './refusals-search.ts';

const route = getRouteApi('/w/$ws/refusals');
const ranges = ['1h', '24h', '7d'];

interface ChoiceProps {
  name: keyof RefusalsSearch;
  label: string;
  any: string;
  options: readonly (readonly [string, string])[];
}

/** The filter of the refused starts. Everything it says is in the URL. */
export function RefusalsFilter({ search }: { search: RefusalsSearch }) {
  const navigate = route.useNavigate();
  const tenants = useQuery(trpc.tenant.list.queryOptions({ limit: 200 }));
  const given = search.last !== undefined && !ranges.includes(search.last) ? [search.last] : [];
  const change = (part: Record<string, string | undefined>) =>
    void navigate({ search: (old) => ({ ...old, ...part, cursor: undefined }) });
  const choices: readonly ChoiceProps[] = [
    {
      name: 'last',
      label: 'Time',
      any: 'Any time',
      options: [...ranges, ...given].map((range) => [range, `Last ${rangeWords(range)}`]),
    },
    {
      name: 'operation',
      label: 'Operation',
      any: 'Any operation',
      options: operationNames.map((name) => [name, operationRule(name).label]),
    },
    {
      name: 'tenant',
      label: 'Tenant',
      any: 'Any tenant',
      options: tenants.data?.items.map(({ id, name }) => [String(id), name]) ?? [],
    },
    {
      name: 'outcome',
      label: 'Outcome',
      any: 'Any outcome',
      options: (['blocked', 'scope_busy'] as const).map((outcome) => [outcome, outcomeView(outcome).word]),
    },
    {
      name: 'reason',
      label: 'Reason',
      any: 'Any reason',
      options: reasonCodes.map((code) => [code, reasonRule(code).label]),
    },
  ];
  return (
    <search className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap">
      {choices.map(({ name, label, any, options }, at) => (
        <Select
          key={name}
          aria-label={label}
          {...(at === 0 && { 'data-filter': true })}
          className="h-9 w-full sm:w-44"
          value={search[name] ?? ''}
          onChange={(event) => change({ [name]: event.target.value || undefined })}
        >
          <option value="">{any}</option>
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Select>
      ))}
      {search.since !== undefined && (
        <span className="inline-flex h-9 items-center text-sm text-muted max-sm:col-span-2">
          Since {search.since}, 00:00 UTC
        </span>
      )}
      {isNarrowed(search) && (
        <Button
          look="quiet"
          icon={<X size={15} aria-hidden="true" />}
          onClick={() =>
            change({
              last: undefined,
              since: undefined,
              operation: undefined,
              tenant: undefined,
              outcome: undefined,
              reason: undefined,
            })
          }
        >
          Clear
        </Button>
      )}
    </search>
  );
}
