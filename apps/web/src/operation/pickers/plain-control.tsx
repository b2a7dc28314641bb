import { CheckList } from '../../ui/check-list.tsx';
import { Field, Input, Select } from '../../ui/field.tsx';
import { readNumber } from '../exact-number.ts';
import { readJson, writeJson } from '../json-text.ts';
import { labelOf } from '../schema-model.ts';
import { chosenTexts, type PickerProps } from './picker.ts';

/** A value as the control holds it: text, entries with commas between them, or JSON. */
function written(kind: PickerProps['field']['kind'], value: unknown): string {
  if (value === undefined) return '';
  if ((kind === 'texts' || kind === 'integers') && Array.isArray(value)) {
    return value.map((one) => (typeof one === 'string' ? one : writeJson(one))).join(', ');
  }
  return typeof value === 'string' && kind !== 'json' ? value : writeJson(value);
}

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
        fault={fault}
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
  // What is no number yet is sent as it was typed, and the server says so.
  const number = (text: string): unknown => readNumber(text) ?? text;
  const read = (text: string): unknown => {
    if (text === '') return undefined;
    if (isNumber) return number(text.trim());
    if (isList) {
      const parts = text.split(/[\s,]+/).filter(Boolean);
      return field.kind === 'integers' ? parts.map(number) : parts;
    }
    if (field.kind === 'text') return text;
    const reading = readJson(text);
    return reading.ok ? reading.value : text;
  };
  return (
    <Field {...frame} help={isList ? 'Separate several with commas.' : field.help}>
      {(ids) => (
        <Input
          {...ids}
          className={`h-9 w-full ${isList || field.kind === 'json' ? 'font-mono' : ''}`}
          inputMode={isNumber ? 'numeric' : undefined}
          type={field.secret ? 'password' : 'text'}
          autoComplete="off"
          defaultValue={written(field.kind, value)}
          onChange={(event) => onChange(read(event.target.value))}
        />
      )}
    </Field>
  );
}
