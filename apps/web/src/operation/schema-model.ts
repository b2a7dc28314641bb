import { ExactNumber } from './exact-number.ts';

/** One member of an operation's input, as the form draws it. */
export interface SchemaField {
  readonly name: string;
  readonly label: string;
  readonly help: string | null;
  readonly required: boolean;
  readonly kind:
    | 'text'
    | 'integer'
    | 'number'
    | 'boolean'
    | 'choice'
    | 'choices'
    | 'texts'
    | 'integers'
    | 'map'
    | 'json';
  readonly choices: readonly string[];
  /** A value nobody may read over a shoulder or find in a link. */
  readonly secret: boolean;
}

type Schema = Record<string, unknown>;

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function kindOf(schema: Schema): SchemaField['kind'] {
  if (texts(schema.enum).length > 0) return 'choice';
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'integer':
    case 'number':
    case 'boolean':
      return schema.type;
    case 'array': {
      const item = asSchema(schema.items);
      if (texts(item.enum).length > 0) return 'choices';
      if (item.type === 'integer') return 'integers';
      return item.type === 'string' ? 'texts' : 'json';
    }
    case 'object':
      return asSchema(schema.additionalProperties).type === 'string' ? 'map' : 'json';
    default:
      return 'json';
  }
}

/** `backupSetId` as "Backup set", `policyIds` as "Policies". */
export function labelOf(name: string): string {
  const words = name
    .replace(/Ids?$/, (ending) => (ending === 'Ids' ? 's' : ''))
    .replace(/ys$/, 'ies')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The members of an input schema in their order. A member it does not understand is edited as JSON. */
export function fieldsOf(inputSchema: unknown): SchemaField[] {
  const root = asSchema(inputSchema);
  const required = new Set(texts(root.required));
  return Object.entries(asSchema(root.properties)).map(([name, value]) => {
    const schema = asSchema(value);
    const kind = kindOf(schema);
    return {
      name,
      label: labelOf(name),
      help: typeof schema.description === 'string' ? schema.description : null,
      required: required.has(name),
      kind,
      choices: kind === 'choices' ? texts(asSchema(schema.items).enum) : texts(schema.enum),
      secret: schema.writeOnly === true || schema.format === 'password',
    };
  });
}

/** An input without the members that say nothing, so that an untouched form sends `{}`. */
export function withoutEmpty(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).filter(([, value]) => {
      if (value === undefined || value === null || value === '') return false;
      return typeof value !== 'object' || Object.keys(value).length > 0;
    }),
  );
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || value instanceof ExactNumber;
}

/** Whether the control of a field can show a value; one it cannot show must not seem to be unsaid. */
export function fits({ kind, choices }: SchemaField, value: unknown): boolean {
  if (value === undefined) return true;
  const all = (holds: (one: unknown) => boolean) => Array.isArray(value) && value.every(holds);
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'integer':
    case 'number':
      return isNumber(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return choices.some((choice) => choice === value);
    case 'choices':
      return all((one) => choices.some((choice) => choice === one));
    case 'texts':
      return all((one) => typeof one === 'string');
    case 'integers':
      return all(isNumber);
    case 'map':
      return Object.values(asSchema(value)).every((one) => typeof one === 'string') && !Array.isArray(value);
    case 'json':
      return true;
  }
}

/** An input without the members that hold secrets, for links. */
export function withoutSecrets(
  input: Readonly<Record<string, unknown>>,
  fields: readonly SchemaField[],
): Record<string, unknown> {
  const secret = new Set(fields.filter((field) => field.secret).map(({ name }) => name));
  return Object.fromEntries(Object.entries(input).filter(([name]) => !secret.has(name)));
}
