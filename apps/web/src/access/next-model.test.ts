import { expect, it } from 'vitest';
import { safeNext } from './next-model.ts';

it('returns to the page a person came from', () => {
  expect(safeNext('/w/ws-default/runs/7?tab=log#L12')).toBe('/w/ws-default/runs/7?tab=log#L12');
});

it.each([
  undefined,
  '',
  'https://evil.example/',
  '//evil.example/x',
  '/.//evil.example',
  '/w/..//evil.example',
  '/%2e//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  '/sign-in?next=/sign-in',
  '\\\\evil.example',
])('goes home rather than to %j', (next) => {
  expect(safeNext(next)).toBe('/');
});
