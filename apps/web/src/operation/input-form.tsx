import type { ComponentType } from 'react';
import { BackupSetPicker } from './pickers/backup-set-picker.tsx';
import { ItemPicker } from './pickers/item-picker.tsx';
import { MapEditor } from './pickers/map-editor.tsx';
import type { PickerProps } from './pickers/picker.ts';
import { PlainControl } from './pickers/plain-control.tsx';
import { PolicyPicker } from './pickers/policy-picker.tsx';
import { PreviewPicker } from './pickers/preview-picker.tsx';
import type { SchemaField } from './schema-model.ts';

/** Members that name things of the tenant get a picker instead of a field for ids. */
const pickers: Record<string, ComponentType<PickerProps>> = {
  backupSetId: BackupSetPicker,
  previewRunId: PreviewPicker,
  policyIds: PolicyPicker,
  itemIds: ItemPicker,
};

function controlOf(field: SchemaField): ComponentType<PickerProps> {
  if (Object.hasOwn(pickers, field.name)) return pickers[field.name] ?? PlainControl;
  return field.kind === 'map' ? MapEditor : PlainControl;
}

interface InputFormProps {
  fields: readonly SchemaField[];
  input: Readonly<Record<string, unknown>>;
  tenantId: number;
  /** What the server found wrong, by member. */
  faults: Readonly<Record<string, string>>;
  onChange: (input: Record<string, unknown>) => void;
}

/** The members of an operation's input, each with a control that fits it. */
export function InputForm({ fields, input, tenantId, faults, onChange }: InputFormProps) {
  if (fields.length === 0) return <p className="text-sm text-muted">This operation takes nothing more.</p>;
  return fields.map((field) => {
    const Control = controlOf(field);
    return (
      <Control
        key={field.name}
        field={field}
        value={input[field.name]}
        onChange={(value) => onChange({ ...input, [field.name]: value })}
        tenantId={tenantId}
        input={input}
        fault={faults[field.name] ?? null}
      />
    );
  });
}
