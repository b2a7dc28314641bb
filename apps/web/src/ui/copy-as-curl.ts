import { type ApiCall, addressOf, bodyOf, type CallPlace, workspaceOf } from './copy-as-call.ts';

/** Text inside single quotes for a POSIX shell, whatever it holds. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * The call for a shell that has a bearer token in `$SIGNALBOX_TOKEN`. A call that starts something also wants
 * `$IDEMPOTENCY_KEY`: without one the shell stops and says so, and repeated with the same one it is still one start.
 */
export function toCurl(call: ApiCall, place: CallPlace): string {
  const body = bodyOf(call);
  const workspace = workspaceOf(place);
  const method = call.method === 'GET' && body === null ? '' : `-X ${call.method} `;
  const lines = [
    `curl -sS ${method}${shellQuote(addressOf(call, place))}`,
    '-H "Authorization: Bearer $SIGNALBOX_TOKEN"',
  ];
  if (workspace !== null) lines.push(`-H ${shellQuote(`X-Workspace-Id: ${workspace}`)}`);
  if (call.keyed) lines.push(`-H "Idempotency-Key: \${IDEMPOTENCY_KEY:?set one of your own}"`);
  if (body !== null) lines.push("-H 'Content-Type: application/json'", `--data-raw ${shellQuote(body)}`);
  return lines.join(' \\\n  ');
}
