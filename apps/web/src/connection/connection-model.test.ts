import type { Connection } from '@signalbox/contracts/connection/connection';
import { expect, it } from 'vitest';
import { needsDefault, timeLeft, worstHealth } from './connection-model.ts';

const one = (part: Partial<Connection>): Connection => ({
  id: 1,
  tenant: { id: 7, externalId: 'contoso', name: 'Contoso' },
  provider: 'graph',
  label: 'Contoso Graph',
  isDefault: false,
  enabled: true,
  consent: 'granted',
  credential: 'present',
  health: 'ok',
  createdAt: '2026-03-01T00:00:00Z',
  ...part,
});

it('asks for a default only where a tenant has several connections and no enabled one is it', () => {
  const asked = (connections: readonly Connection[]) => [...needsDefault(connections)];
  expect(asked([one({ id: 1 }), one({ id: 2 })])).toEqual([1, 2]);
  expect(asked([one({ id: 1 })])).toEqual([]);
  expect(asked([one({ id: 1, isDefault: true }), one({ id: 2 })])).toEqual([]);
  // A default that was disabled refuses every start that names none.
  expect(asked([one({ id: 1, isDefault: true, enabled: false }), one({ id: 2 })])).toEqual([2]);
  const elsewhere = { id: 8, externalId: 'fabrikam', name: 'Fabrikam' };
  expect(asked([one({ id: 1 }), one({ id: 2, tenant: elsewhere })])).toEqual([]);
});

it('tells the worst health of what is enabled', () => {
  expect(worstHealth([one({}), one({ health: 'unknown' }), one({ health: 'failing', enabled: false })])).toBe(
    'unknown',
  );
  expect(worstHealth([one({ enabled: false })])).toBeNull();
});

it.each([
  [67_001, '1:08'],
  [1, '0:01'],
  [7_420_000, '2:03:40'],
  [0, null],
  [-5_000, null],
])('counts %i ms down as %s', (left, text) => {
  expect(timeLeft(1_000_000 + left, 1_000_000)).toBe(text);
});
