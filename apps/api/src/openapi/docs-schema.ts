import { escaped, prose } from './html.ts';

/** The parts of a JSON Schema the reference shows. */
export interface SchemaObject {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: SchemaObject;
  readonly properties?: Readonly<Record<string, SchemaObject>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly SchemaObject[];
  readonly oneOf?: readonly SchemaObject[];
  readonly allOf?: readonly SchemaObject[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly default?: unknown;
}

/** A named shape with its fields, or its words, or its alternatives. */
export function schemaArticle(name: string, schema: SchemaObject): string {
  const id = `schema-${escaped(name)}`;
  const text = schema.description === undefined ? '' : `<p>${prose(schema.description)}</p>`;
  const rows = fieldRows(schema);
  const fields =
    rows.length === 0
      ? `<p>${schemaName(schema)}</p>`
      : `<div class="scroll" tabindex="0" role="region" aria-label="Fields of ${escaped(name)}"><table><thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
  return `<article id="${id}"><h3>${escaped(name)}</h3>${text}${fields}</article>`;
}

/** A row for each field of an object. */
export function fieldRows(schema: SchemaObject): string[] {
  const needed = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).map(
    ([name, field]) =>
      `<tr><th scope="row"><code>${escaped(name)}</code>${needed.has(name) ? '' : ' <span class="dim">optional</span>'}</th><td>${schemaName(field)}</td><td>${prose(field.description ?? '')}</td></tr>`,
  );
}

/** A schema in a few words, with a link where it has a name of its own. */
export function schemaName(schema: SchemaObject): string {
  if (schema.$ref !== undefined) {
    const name = escaped(schema.$ref.split('/').at(-1) ?? '');
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if (schema.const !== undefined) return `<code>${escaped(JSON.stringify(schema.const))}</code>`;
  if (schema.enum !== undefined) {
    return schema.enum.map((word) => `<code>${escaped(String(word))}</code>`).join(' ');
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map(schemaName).join(' or ');
  if (schema.allOf !== undefined) return schema.allOf.map(schemaName).join(' and ');
  if (schema.items !== undefined) return `list of ${schemaName(schema.items)}`;
  if (schema.properties !== undefined) {
    return `object: ${Object.keys(schema.properties)
      .map((name) => `<code>${escaped(name)}</code>`)
      .join(', ')}`;
  }
  return escaped([typeWord(schema), limits(schema)].filter((part) => part !== '').join(', '));
}

function typeWord(schema: SchemaObject): string {
  const type = [schema.type ?? 'any'].flat().join(' or ');
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

function limits(schema: SchemaObject): string {
  const parts = [
    schema.minimum === undefined ? '' : `from ${schema.minimum}`,
    schema.maximum === undefined ? '' : `to ${schema.maximum}`,
    schema.maxLength === undefined ? '' : `at most ${schema.maxLength} characters`,
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
