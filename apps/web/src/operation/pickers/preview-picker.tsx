import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../client/api.ts';
import { formatRelative } from '../../clock/format-time.ts';
import { serverNow } from '../../clock/server-clock.ts';
import { Field, Select } from '../../ui/field.tsx';
import { writeJson } from '../json-text.ts';
import type { PickerProps } from './picker.ts';
import { Unlisted } from './unlisted.tsx';

/** One of the tenant's succeeded previews; a stale one is marked, since the gate would refuse it. */
export function PreviewPicker({ field, value, onChange, tenantId, fault }: PickerProps) {
  const previews = useQuery(trpc.restorePreview.list.queryOptions({ tenantId, limit: 50 }, { staleTime: 0 }));
  const chosen = previews.data?.items.find(({ runId }) => runId === value);
  const help = chosen
    ? `Would create ${chosen.counts.create}, update ${chosen.counts.update}, skip ${chosen.counts.skip}; ${chosen.counts.conflict} in conflict.`
    : field.help;
  return (
    <Field label={field.label} help={help} optional={!field.required} fault={fault}>
      {(ids) => (
        <Select
          {...ids}
          value={value === undefined ? '' : writeJson(value)}
          onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
        >
          <option value="">The newest fresh preview</option>
          <Unlisted value={value} listed={previews.data?.items.map(({ runId }) => runId)} />
          {previews.data?.items.map((preview) => (
            <option key={preview.runId} value={preview.runId}>
              #{preview.runId} of {preview.backupSetName},{' '}
              {formatRelative(Date.parse(preview.createdAt), serverNow())}
              {preview.fresh ? '' : ' (out of date)'}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
