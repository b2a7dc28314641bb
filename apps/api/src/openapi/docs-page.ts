import type { OpenAPIObject } from 'trpc-to-openapi';
import { operationArticle } from './docs-operation.ts';
import { type SchemaObject, schemaArticle } from './docs-schema.ts';
import { escaped, htmlPage, prose } from './html.ts';

/** An operation of the document with its place. */
export interface DocumentOperation {
  readonly method: string;
  readonly path: string;
  readonly entry: OperationEntry;
}

/** The parts of an operation the reference shows. */
export interface OperationEntry {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: SchemaObject;
  }[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<
      Record<string, { schema: SchemaObject; examples?: Record<string, { value: unknown }> }>
    >;
  };
  readonly responses: Readonly<Record<string, ResponseEntry>>;
}

/** A response, or a reference to a shared one. */
export interface ResponseEntry {
  readonly $ref?: string;
  readonly description?: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, { schema?: SchemaObject }>>;
}

/** The reference as one plain page: no script, no outside request, readable by any reader. */
export function docsPage(document: OpenAPIObject): string {
  const operations = operationsOf(document);
  const tags = document.tags ?? [];
  const shared = (document.components?.responses ?? {}) as Record<string, ResponseEntry>;
  const index = tags.map(({ name }) => {
    const links = operations
      .filter(({ entry }) => entry.tags.includes(name))
      .map(({ entry }) => `<li><a href="#${escaped(entry.operationId)}">${escaped(entry.summary)}</a></li>`);
    return `<h3>${escaped(name)}</h3><ul>${links.join('')}</ul>`;
  });
  const sections = tags.map(({ name, description }) => {
    const articles = operations
      .filter(({ entry }) => entry.tags.includes(name))
      .map((operation) => operationArticle(operation, shared));
    const id = `tag-${name.toLowerCase().replaceAll(' ', '-')}`;
    return `<section aria-labelledby="${id}"><h2 id="${id}">${escaped(name)}</h2><p>${prose(description ?? '')}</p>${articles.join('')}</section>`;
  });
  const schemas = Object.entries(document.components?.schemas ?? {})
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([name, schema]) => schemaArticle(name, schema as SchemaObject));
  return htmlPage(
    'Signalbox: API reference',
    `<header><h1>Signalbox API ${escaped(document.info.version)}</h1>
<p>${prose(document.info.description ?? '')}</p>
<p>The same as a file: <a href="/openapi.json">OpenAPI 3.1</a>. Every answer has an <code>X-Request-Id</code> to quote. What each error means: <a href="/problems">errors and reasons</a>.</p></header>
<nav aria-label="Operations"><h2>Operations</h2>${index.join('')}</nav>
<main id="main">${sections.join('')}
<section aria-labelledby="schemas"><h2 id="schemas">Shapes</h2>${schemas.join('')}</section></main>`,
  );
}

function operationsOf(document: OpenAPIObject): DocumentOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, entries]) =>
    Object.entries(entries as Record<string, OperationEntry>).map(([method, entry]) => ({
      method: method.toUpperCase(),
      path,
      entry,
    })),
  );
}
