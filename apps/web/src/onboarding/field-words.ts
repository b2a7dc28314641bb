import type { Values } from './draft-model.ts';

/** The fields of the wizard, in its order, as their labels. */
const labels: Readonly<Record<string, string>> = {
  name: 'Name',
  externalId: 'External id',
  notes: 'Notes',
  connectionLabel: 'Label of the connection',
  clientId: 'Client id',
  operations: 'First operations',
};

/** Values with their labels, in the order of the wizard; what it has no field for comes last, by its own name. */
export function valueRows(values: Values): (readonly [label: string, text: string])[] {
  const known = Object.keys(labels).filter((name) => name in values);
  const rest = Object.keys(values).filter((name) => !(name in labels));
  return [...known, ...rest].map((name) => [labels[name] ?? name, textOf(values[name])]);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
}

/** The same as text, to be pasted somewhere. */
export function valuesText(values: Values): string {
  return valueRows(values)
    .map(([label, text]) => `${label}: ${text}`)
    .join('\n');
}
