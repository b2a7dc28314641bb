import { skipToken, useQuery } from '@tanstack/react-query';
import { trpc } from '../../client/api.ts';
import { Button } from '../../ui/button.tsx';
import { CheckList } from '../../ui/check-list.tsx';
import { kindLabel } from '../kind-label.ts';
import { chosenNumbers, type PickerProps } from './picker.ts';

/** Items of the backup set that is chosen, or of the one the chosen preview compared. None ticked means all. */
export function ItemPicker({ field, value, onChange, tenantId, input, fault }: PickerProps) {
  const previewId = input.previewRunId;
  const previews = useQuery(
    trpc.restorePreview.list.queryOptions(
      typeof previewId === 'number' ? { tenantId, limit: 50 } : skipToken,
    ),
  );
  const fromPreview = previews.data?.items.find(({ runId }) => runId === previewId)?.backupSetId;
  const setId = typeof input.backupSetId === 'number' ? input.backupSetId : fromPreview;
  const items = useQuery(
    trpc.backupSet.items.queryOptions(setId === undefined ? skipToken : { id: setId, limit: 200 }),
  );
  const chosen = chosenNumbers(value);
  if (setId === undefined) {
    const first = 'previewRunId' in input || field.help?.includes('preview') ? 'preview' : 'backup set';
    return (
      <div className="grid gap-1 text-sm">
        <span className="font-medium">
          {field.label}{' '}
          <span className="text-xs font-normal text-faint">
            {chosen.length === 0 ? 'all' : `${chosen.length} chosen`}
          </span>
        </span>
        <span className="text-muted">Choose a {first} to pick single items.</span>
        {chosen.length > 0 && (
          <Button look="quiet" size="small" className="justify-self-start" onClick={() => onChange([])}>
            Choose none
          </Button>
        )}
        {fault !== null && <p className="text-sm font-medium text-stop">{fault}</p>}
      </div>
    );
  }
  return (
    <CheckList
      label={field.label}
      none="all"
      options={(items.data?.items ?? []).map(({ id, name, kind, version }) => ({
        value: id,
        label: name,
        note: `${kindLabel(kind)}, v${version}`,
      }))}
      chosen={chosen}
      onChange={onChange}
      fault={fault}
      more={(items.data?.nextCursor ?? null) !== null}
    />
  );
}
