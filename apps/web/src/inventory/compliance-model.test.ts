import { expect, it } from 'vitest';
import { complianceShares, compliantPercent } from './compliance-model.ts';

it('puts the good states first, leaves empty ones out and shows new words of the provider as they are', () => {
  const shares = complianceShares({ mystery: 1, noncompliant: 2, error: 0, compliant: 5 });
  expect(shares.map(({ label, count }) => [label, count])).toEqual([
    ['compliant', 5],
    ['not compliant', 2],
    ['mystery', 1],
  ]);
  expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

it('takes no word of the provider for a member that every object has', () => {
  expect(complianceShares({ constructor: 3 })).toMatchObject([{ label: 'constructor', share: 1 }]);
});

it('never says that all devices are compliant when one is not', () => {
  expect(compliantPercent({ devices: 10_000, states: { compliant: 9_999, error: 1 } })).toBe('99.9 %');
  expect(compliantPercent({ devices: 3, states: { compliant: 3 } })).toBe('100 %');
  expect(compliantPercent({ devices: 3, states: { error: 3 } })).toBe('0 %');
  expect(compliantPercent({ devices: 0, states: {} })).toBeNull();
});
