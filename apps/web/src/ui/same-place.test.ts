import { expect, it } from 'vitest';
import { fromHere } from './same-place.ts';

const here = { pathname: '/w/acme/start', search: '?operation=snapshot_capture&tenant=2&input=%7B%7D' };

it.each([
  // It asks nothing new: what was typed stays.
  [
    '/w/acme/start?operation=snapshot_capture&tenant=2#connection',
    '/w/acme/start?operation=snapshot_capture&tenant=2&input=%7B%7D#connection',
  ],
  ['/w/acme/start', '/w/acme/start?operation=snapshot_capture&tenant=2&input=%7B%7D'],
  // It asks for something else, or leads to another page.
  ['/w/acme/start?operation=restore_preview&tenant=2', '/w/acme/start?operation=restore_preview&tenant=2'],
  ['/w/acme/start?operation=snapshot_capture&set=1', '/w/acme/start?operation=snapshot_capture&set=1'],
  ['/w/acme/connections/3#consent', '/w/acme/connections/3#consent'],
])('leads from the start form by %s to %s', (href, destination) => {
  expect(fromHere(href, here)).toBe(destination);
});
