import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../client/api.ts';
import { Field, Select } from '../../ui/field.tsx';
import { writeJson } from '../json-text.ts';
import type { PickerProps } from './picker.ts';
import { Unlisted } from './unlisted.tsx';

/** One of the tenant's backup sets. */
export function BackupSetPicker({ field, value, onChange, tenantId, fault }: PickerProps) {
  const sets = useQuery(trpc.backupSet.list.queryOptions({ tenantId, limit: 200 }, { staleTime: 0 }));
  return (
    <Field label={field.label} help={field.help} optional={!field.required} fault={fault}>
      {(ids) => (
        <Select
          {...ids}
          value={value === undefined ? '' : writeJson(value)}
          onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
        >
          <option value="">Let the gate choose</option>
          <Unlisted value={value} listed={sets.data?.items.map(({ id }) => id)} />
          {sets.data?.items.map((set) => (
            <option key={set.id} value={set.id}>
              {set.name} ({set.items} {set.items === 1 ? 'item' : 'items'}
              {set.complete ? '' : ', incomplete'})
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
