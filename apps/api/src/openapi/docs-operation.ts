import type { DocumentOperation, OperationEntry, ResponseEntry } from './docs-page.ts';
import { fieldRows, schemaName } from './docs-schema.ts';
import { escaped, prose } from './html.ts';

/** One operation: what it takes, an example to copy, what it answers. */
export function operationArticle(
  { method, path, entry }: DocumentOperation,
  shared: Readonly<Record<string, ResponseEntry>>,
): string {
  const id = escaped(entry.operationId);
  return `<article id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title">${escaped(entry.summary)}</h3>
<p><code><span class="method">${method}</span>${escaped(path)}</code>${entry.security.length === 0 ? ' <span class="dim">public</span>' : ''}</p>
<p>${prose(entry.description)}</p>
${parameters(entry)}${body(entry)}
<h4>Example</h4><pre tabindex="0"><code>${escaped(curl(method, path, entry))}</code></pre>
${responses(entry, shared)}</article>`;
}

function parameters(entry: OperationEntry): string {
  const rows = (entry.parameters ?? []).map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><th scope="row"><code>${escaped(name)}</code></th><td>${escaped(place)}${required === true ? ', required' : ''}</td><td>${schema === undefined ? '' : schemaName(schema)}</td><td>${prose(description ?? schema?.description ?? '')}</td></tr>`,
  );
  return rows.length === 0
    ? ''
    : table(entry, 'Parameters', { heads: ['Name', 'Where', 'Type', 'Meaning'], rows });
}

function body(entry: OperationEntry): string {
  const schema = entry.requestBody?.content['application/json']?.schema;
  if (schema === undefined) return '';
  const title = entry.requestBody?.required === true ? 'Body (required)' : 'Body (optional)';
  return table(entry, title, { heads: ['Name', 'Type', 'Meaning'], rows: fieldRows(schema) });
}

function responses(entry: OperationEntry, shared: Readonly<Record<string, ResponseEntry>>): string {
  const rows = Object.entries(entry.responses).map(([status, given]) => {
    const response = given.$ref === undefined ? given : shared[given.$ref.split('/').at(-1) ?? ''];
    const types = Object.entries(response?.content ?? {}).map(
      ([type, { schema }]) =>
        `<code>${escaped(type)}</code> ${schema === undefined ? '' : schemaName(schema)}`,
    );
    const headers = Object.keys(response?.headers ?? {})
      .filter((name) => name !== 'X-Request-Id')
      .map((name) => `<code>${escaped(name)}</code>`);
    return `<tr><th scope="row">${status}</th><td>${prose(response?.description ?? '')}</td><td>${types.join('<br>')}</td><td>${headers.join('<br>')}</td></tr>`;
  });
  return table(entry, 'Answers', { heads: ['Status', 'Meaning', 'Body', 'Headers'], rows });
}

function table(
  entry: OperationEntry,
  title: string,
  content: { readonly heads: readonly string[]; readonly rows: readonly string[] },
): string {
  const columns = content.heads.map((head) => `<th scope="col">${head}</th>`).join('');
  // Wide tables scroll by themselves, so the keyboard must reach them, each under a name of its own.
  const label = escaped(`${title}: ${entry.summary}`);
  return `<h4>${title}</h4><div class="scroll" tabindex="0" role="region" aria-label="${label}"><table><thead><tr>${columns}</tr></thead><tbody>${content.rows.join('')}</tbody></table></div>`;
}

function curl(method: string, path: string, entry: OperationEntry): string {
  const lines = [`curl -X ${method} "$SIGNALBOX${path}"`];
  if (entry.security.length > 0) lines.push('-H "Authorization: Bearer $TOKEN"');
  const examples = entry.requestBody?.content['application/json']?.examples ?? {};
  const [example] = Object.values(examples);
  if (example !== undefined) {
    lines.push("-H 'Content-Type: application/json'", `-d '${JSON.stringify(example.value)}'`);
  }
  return lines.join(' \\\n  ');
}
