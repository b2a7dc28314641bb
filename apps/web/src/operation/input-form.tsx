import type { ComponentType } from 'react';
import type { boundMembers } from './bound-members.ts';
import { writeJson } from './json-text.ts';
import { BackupSetPicker } from './pickers/backup-set-picker.tsx';
import { ItemPicker } from './pickers/item-picker.tsx';
import { MapEditor } from './pickers/map-editor.tsx';
import type { PickerProps } from './pickers/picker.ts';
import { PlainControl } from './pickers/plain-control.tsx';
import { PolicyPicker } from './pickers/policy-picker.tsx';
import { PreviewPicker } from './pickers/preview-picker.tsx';
import { SelectionPicker } from './pickers/selection-picker.tsx';
import { fits, type SchemaField } from './schema-model.ts';

/** Members that name things get a picker instead of a field for ids and keys. */
const pickers: Record<(typeof boundMembers)[number] | 'selectionKey', ComponentType<PickerProps>> = {
  backupSetId: BackupSetPicker,
  previewRunId: PreviewPicker,
  policyIds: PolicyPicker,
  itemIds: ItemPicker,
  selectionKey: SelectionPicker,
};

function controlOf({ name, kind }: SchemaField): ComponentType<PickerProps> {
  const picker = Object.hasOwn(pickers, name) ? pickers[name as keyof typeof pickers] : undefined;
  return picker ?? (kind === 'map' ? MapEditor : PlainControl);
}

interface InputFormProps {
  fields: readonly SchemaField[];
  input: Readonly<Record<string, unknown>>;
  tenantId: number;
  /** What the server found wrong, by member. */
  faults: Readonly<Record<string, string>>;
  onChange: (input: Record<string, unknown>) => void;
}

/** A member that came as JSON and has no control: shown as it is, since it would be sent. */
function Stranger({ name, value, fault }: { name: string; value: unknown; fault: string | undefined }) {
  return (
    <p className="min-w-0 text-sm">
      <code className="font-mono text-xs">
        {name}: {writeJson(value).slice(0, 200)}
      </code>
      <span className="block text-muted">Has no field here. Change or remove it as JSON.</span>
      {fault !== undefined && <span className="block font-medium text-stop">{fault}</span>}
    </p>
  );
}

/** The members of an operation's input, each with a control that fits it. */
export function InputForm({ fields, input, tenantId, faults, onChange }: InputFormProps) {
  const strangers = Object.entries(input).filter(([name]) => !fields.some((field) => field.name === name));
  return (
    <>
      {fields.length === 0 && <p className="text-sm text-muted">This operation takes nothing more.</p>}
      {fields.map((field) => {
        const value = input[field.name];
        // What came as JSON may not be what the control is for; it is shown, not hidden.
        const shown = fits(field, value) ? field : ({ ...field, kind: 'json' } as const);
        const Control = shown === field ? controlOf(field) : PlainControl;
        return (
          <Control
            key={field.name}
            field={shown}
            value={value}
            onChange={(next) => onChange({ ...input, [field.name]: next })}
            tenantId={tenantId}
            input={input}
            fault={faults[field.name] ?? null}
          />
        );
      })}
      {strangers.map(([name, value]) => (
        <Stranger key={name} name={name} value={value} fault={faults[name]} />
      ))}
    </>
  );
}
