import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellQuote, toCurl } from './curl-model.ts';

it.each(["it's", '$(touch /tmp/x)', '`id`', 'a "b" \\ c', "'; exit 7; '", 'two\nlines', '!!'])(
  'hands %j to a shell as it is',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(text)}`], { encoding: 'utf8' })).toBe(text);
  },
);

it('writes the call a program would make', () => {
  const curl = toCurl({
    origin: 'http://localhost:3000',
    path: '/v1/runs',
    body: { operation: 'snapshot_capture', tenantId: 1 },
    idempotencyKey: 'k-1',
    workspace: 'ws-default',
  });
  expect(curl).toContain(`-X POST 'http://localhost:3000/v1/runs'`);
  expect(curl).toContain(`-H 'Idempotency-Key: k-1'`);
  expect(curl).toContain(`-H 'X-Workspace-Id: ws-default'`);
  expect(curl).toContain(`-d '{"operation":"snapshot_capture","tenantId":1}'`);
});
