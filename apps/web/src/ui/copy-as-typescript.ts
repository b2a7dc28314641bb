import { type ApiCall, addressOf, bodyOf, type CallPlace, workspaceOf } from './copy-as-call.ts';

/** Whether TypeScript would read the text as the same value: no digit rounded, no prototype set. */
function isLiteral(json: string): boolean {
  return JSON.stringify(JSON.parse(json)) === json && !/"__proto__"\s*:/.test(json);
}

/** A body as an expression that is a string of exactly this JSON. */
function bodyExpression(json: string): string {
  if (!isLiteral(json)) return JSON.stringify(json);
  const pretty = JSON.stringify(JSON.parse(json), null, 2).replaceAll('\n', '\n  ');
  return `JSON.stringify(${pretty})`;
}

/** The call as a module for Node, Deno, Bun or a browser with a token: `fetch` and nothing else. */
export function toTypeScript(call: ApiCall, place: CallPlace): string {
  const body = bodyOf(call);
  const workspace = workspaceOf(place);
  const headers = ['Authorization: "Bearer " + process.env.SIGNALBOX_TOKEN'];
  if (workspace !== null) headers.push(`"X-Workspace-Id": ${JSON.stringify(workspace)}`);
  if (call.keyed)
    headers.push('// Keep the key to repeat the call safely.\n    "Idempotency-Key": crypto.randomUUID()');
  if (body !== null) headers.push('"Content-Type": "application/json"');
  return [
    `const response = await fetch(${JSON.stringify(addressOf(call, place))}, {`,
    `  method: ${JSON.stringify(call.method)},`,
    '  headers: {',
    ...headers.map((header) => `    ${header},`),
    '  },',
    ...(body === null ? [] : [`  body: ${bodyExpression(body)},`]),
    '});',
    'if (!response.ok) throw new Error(response.status + " " + (await response.text()));',
    'export const answer: unknown = await response.json();',
    '',
  ].join('\n');
}
