import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { trpc } from '../../client/api.ts';
import { CheckList } from '../../ui/check-list.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { kindLabel } from '../kind-label.ts';
import { chosenTexts, type PickerProps } from './picker.ts';

/** Policies of the tenant, found by name. None ticked means all. */
export function PolicyPicker({ field, value, onChange, tenantId, fault }: PickerProps) {
  const [search, setSearch] = useState('');
  const wanted = useDebounced(search.trim(), 250);
  const policies = useQuery(
    trpc.policy.list.queryOptions(
      {
        tenantId,
        removed: 'without',
        limit: 200,
        ...(wanted === '' ? {} : { search: wanted.slice(0, 100) }),
      },
      // A run that has just ended may have brought more, so what is remembered is always asked for again.
      { placeholderData: keepPreviousData, staleTime: 0 },
    ),
  );
  return (
    <CheckList
      label={field.label}
      none="all"
      options={(policies.data?.items ?? []).map(({ policyId, name, kind }) => ({
        value: policyId,
        label: name,
        note: kindLabel(kind),
      }))}
      chosen={chosenTexts(value)}
      onChange={onChange}
      fault={fault}
      onSearch={setSearch}
      more={(policies.data?.nextCursor ?? null) !== null}
    />
  );
}
