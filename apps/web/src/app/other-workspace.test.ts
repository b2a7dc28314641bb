import { expect, it } from 'vitest';
import { inOtherWorkspace } from './other-workspace.ts';

it.each([
  ['/w/ws-a/connections', '/w/ws-b/connections'],
  ['/w/ws-a/connections/3', '/w/ws-b/connections'],
  ['/w/ws-a/runs/12', '/w/ws-b/runs'],
  ['/w/ws-a/start', '/w/ws-b/start'],
  ['/w/ws-a', '/w/ws-b/overview'],
  ['/w/ws-a/no-such-page', '/w/ws-b/overview'],
  ['/w/ws-a/__proto__', '/w/ws-b/overview'],
  ['/elsewhere', '/w/ws-b/overview'],
])('leads from %s to %s', (pathname, there) => {
  expect(inOtherWorkspace(pathname, 'ws-b')).toBe(there);
});

it('keeps the name of a workspace inside its part of the path', () => {
  expect(inOtherWorkspace('/w/a/runs', '../x?y')).toBe('/w/..%2Fx%3Fy/runs');
});
