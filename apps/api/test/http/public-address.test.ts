import { expect, test } from 'vitest';
import { publicAddress } from '../../src/http/public-address.ts';

test('the way back is the public address where it is set, whatever the Host says', () => {
  for (const host of ['localhost:3000', 'evil.example', undefined])
    expect(publicAddress('https://signalbox.example', host)).toBe('https://signalbox.example');
});

test.each([
  ['localhost:3000', 'http://localhost:3000'],
  ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['[::1]:3000', 'http://[::1]:3000'],
  ['LOCALHOST', 'http://localhost'],
  ['evil.example', null],
  ['localhost.evil.example', null],
  ['localhost:3000@evil.example', null],
  ['127.0.0.1.evil.example', null],
  ['localhost:3000/x', null],
  ['', null],
  [undefined, null],
])('without one a Host is believed as far as it is this very machine: %s', (host, address) => {
  expect(publicAddress(undefined, host)).toBe(address);
});
