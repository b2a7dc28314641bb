/** Text inside single quotes for a POSIX shell, whatever it holds. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

interface CurlCall {
  readonly origin: string;
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly workspace?: string;
}

/** The same deed over REST, ready to paste into a shell that has the bearer token in `$TOKEN`. */
export function toCurl({ origin, path, body, idempotencyKey, workspace }: CurlCall): string {
  const lines = [
    `curl -sS ${body === undefined ? '' : '-X POST '}${shellQuote(origin + path)}`,
    `-H "Authorization: Bearer $TOKEN"`,
  ];
  if (workspace !== undefined) lines.push(`-H ${shellQuote(`X-Workspace-Id: ${workspace}`)}`);
  if (idempotencyKey !== undefined) lines.push(`-H ${shellQuote(`Idempotency-Key: ${idempotencyKey}`)}`);
  if (body !== undefined) {
    lines.push(`-H 'Content-Type: application/json'`, `-d ${shellQuote(JSON.stringify(body))}`);
  }
  return lines.join(' \\\n  ');
}
