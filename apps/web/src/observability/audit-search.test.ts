import { expect, it } from 'vitest';
import { auditInput, isNarrowed } from './audit-input.ts';
import { auditSearch } from './audit-search.ts';

const now = Date.UTC(2026, 2, 14, 9);

it('asks for what the URL says', () => {
  const search = auditSearch.parse({
    last: '24h',
    actor: 'dana',
    action: 'tenant.created',
    kind: 'tenant',
    object: '7',
  });
  expect(auditInput(search, now)).toEqual({
    ...{ limit: 50, from: '2026-03-13T09:00:00.000Z', actor: 'dana', action: 'tenant.created' },
    ...{ objectKind: 'tenant', objectId: '7' },
  });
});

it('counts both days of a range', () => {
  expect(auditInput(auditSearch.parse({ from: '2026-03-01', to: '2026-03-02' }), now)).toEqual({
    ...{ limit: 50, from: '2026-03-01T00:00:00.000Z', to: '2026-03-03T00:00:00.000Z' },
  });
});

it('asks for all that was done to a run, and for the kind alone while its id is none', () => {
  expect(auditInput({ kind: 'run', object: '12' }, now)).toEqual({ limit: 50, runId: 12 });
  expect(auditInput({ kind: 'run' }, now)).toEqual({ limit: 50, objectKind: 'run' });
});

it('takes what it does not know for not said', () => {
  const search = auditSearch.parse({
    ...{
      last: 'soon',
      from: '2026-13-01',
      action: 'painted',
      kind: 'constructor',
      entry: 'x',
      cursor: '<',
    },
    actor: '',
  });
  expect(Object.values(search).filter((value) => value !== undefined)).toEqual([]);
  expect(isNarrowed(search)).toBe(false);
  expect(isNarrowed({ action: 'run.painted' })).toBe(false);
  expect(auditInput({ action: 'run.painted' }, now)).toEqual({ limit: 50 });
  expect(isNarrowed({ entry: '5', cursor: 'a.b' })).toBe(false);
  expect(isNarrowed({ actor: 'dana' })).toBe(true);
});
