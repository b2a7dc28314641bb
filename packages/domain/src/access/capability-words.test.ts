import { expect, test } from 'vitest';
import { capabilities } from './capabilities.ts';
import { capabilitiesIn, capabilityAreas, capabilityWords } from './capability-words.ts';

test('every capability stands in exactly one area, in words of its own', () => {
  const placed = capabilityAreas.flatMap(capabilitiesIn);
  expect([...placed].sort()).toEqual([...capabilities].sort());
  const labels = Object.values(capabilityWords).map(({ label }) => label);
  expect(new Set(labels).size).toBe(capabilities.length);
});
