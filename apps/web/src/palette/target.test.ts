import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseTarget } from './target.ts';

const origin = 'https://signalbox.test';
const uid = '0198c2f0-7a11-7c3e-9f00-2d1c5b7a9e10';

it.each([
  ['42', { kind: 'run', q: '42' }],
  [' #42 ', { kind: 'run', q: '42' }],
  ['run 42', { kind: 'run', q: '42' }],
  [uid.toUpperCase(), { kind: 'run', q: uid }],
  ['amber-viaduct', { kind: 'run', q: 'amber-viaduct' }],
  ['connection 3', { kind: 'thing', page: 'connections', id: '3' }],
  ['Tenant 5', { kind: 'thing', page: 'tenants', id: '5' }],
  ['backup set #7', { kind: 'thing', page: 'backup-sets', id: '7' }],
  ['bulk action 9', { kind: 'thing', page: 'bulk', id: '9' }],
  [`${origin}/w/ws-default/runs/12?tab=log#L7`, { kind: 'path', path: '/w/ws-default/runs/12?tab=log#L7' }],
  ['/w/ws-default/connections', { kind: 'path', path: '/w/ws-default/connections' }],
  [`${origin}/v1/runs/12`, { kind: 'run', q: '12' }],
  [`${origin}/v1/runs/12/logs`, { kind: 'run', q: '12' }],
  [`/admin/operations/${uid}`, { kind: 'run', q: uid }],
])('leads from %j to %j', (text, target) => {
  expect(parseTarget(text, origin)).toEqual(target);
});

it.each([
  '',
  'restore',
  'https://evil.test/w/ws-default/runs/12',
  '//evil.test/w/x',
  'javascript:alert(1)',
  '/docs',
  '/w//evil.test',
  '1e3',
  '-1',
  '99999999999999999999',
])('leads nowhere from %j', (text) => {
  expect(parseTarget(text, origin)).toBeNull();
});

it('never throws and never leaves this installation, whatever is pasted', () => {
  const pasted = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string().map((tail) => `${origin}/w/${tail}`),
    fc.string().map((tail) => `/w/${tail}`),
    fc.string().map((tail) => `//${tail}`),
  );
  fc.assert(
    fc.property(pasted, (text) => {
      const target = parseTarget(text, origin);
      if (target?.kind === 'path') expect(new URL(target.path, origin).origin).toBe(origin);
    }),
  );
});
