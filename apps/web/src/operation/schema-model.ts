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

/** Reads JSON typed by hand. Only an object is an input. */
export function parseJsonInput(
  text: string,
): { ok: true; value: Record<string, unknown> } | { ok: false; fault: string } {
  if (text.trim() === '') return { ok: true, value: {} };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { ok: false, fault: 'An input is a JSON object: { … }' };
    }
    return { ok: true, value: value as Record<string, unknown> };
  } catch (error) {
    return { ok: false, fault: error instanceof Error ? error.message : 'This is not JSON.' };
  }
}
