import { CheckList } from '../../ui/check-list.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { labelOf, parseJsonInput } from '../schema-model.ts';
import { chosenTexts, type PickerProps } from './picker.ts';

/** The control of a member that has no picker of its own, by the kind of its schema. */
export function PlainControl({ field, value, onChange, fault }: PickerProps) {
  if (field.kind === 'choices') {
    return (
      <CheckList
        label={field.label}
        help={field.help}
        none="all"
        options={field.choices.map((choice) => ({ value: choice, label: labelOf(choice) }))}
        chosen={chosenTexts(value)}
        onChange={onChange}
      />
    );
  }
  const frame = { label: field.label, help: field.help, optional: !field.required, fault };
  if (field.kind === 'choice' || field.kind === 'boolean') {
    const choices = field.kind === 'boolean' ? ['true', 'false'] : field.choices;
    return (
      <Field {...frame}>
        {(ids) => (
          <Select
            {...ids}
            value={value === undefined ? '' : String(value)}
            onChange={({ target }) => {
              const said = target.value === '' ? undefined : target.value;
              onChange(field.kind === 'boolean' && said !== undefined ? said === 'true' : said);
            }}
          >
            <option value="">Not said</option>
            {choices.map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </Select>
        )}
      </Field>
    );
  }
  const isNumber = field.kind === 'integer' || field.kind === 'number';
  const isList = field.kind === 'texts' || field.kind === 'integers';
  const read = (text: string): unknown => {
    if (text === '') return undefined;
    if (isNumber) return Number(text);
    if (isList) {
      const parts = text.split(/[\s,]+/).filter(Boolean);
      return field.kind === 'integers' ? parts.map(Number) : parts;
    }
    if (field.kind === 'text') return text;
    const parsed = parseJsonInput(text);
    return parsed.ok ? parsed.value : text;
  };
  return (
    <Field {...frame} help={isList ? 'Separate several with commas.' : field.help}>
      {(ids) => (
        <Input
          {...ids}
          className={`h-9 w-full ${isList || field.kind === 'json' ? 'font-mono' : ''}`}
          inputMode={isNumber ? 'numeric' : undefined}
          defaultValue={
            typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
          }
          onChange={(event) => onChange(read(event.target.value))}
        />
      )}
    </Field>
  );
}
