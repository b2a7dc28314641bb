import { expect, test } from 'vitest';
import { capabilities, capabilitiesOf } from '../access/capabilities.ts';
import { providers, tenantProviders } from '../connection/providers.ts';
import { scopeKeys } from '../gate/scope.ts';
import { permissionGranted, permissionsNeeded } from './permissions.ts';
import { isOperation, operationNames, operationRule, operationsOn } from './registry.ts';

test.each(operationNames)('%s is called what it is listed as, and names a capability that exists', (name) => {
  const rule = operationRule(name);
  expect(rule.name).toBe(name);
  expect(rule.capability).toBe(name === 'provisioning_rollback' ? 'rollback.execute' : `run.start.${name}`);
  expect(capabilities).toContain(rule.capability);
  expect(capabilitiesOf('operator')).toContain(rule.capability);
  if (rule.provider !== null) expect([...providers, 'of_infra']).toContain(rule.provider);
  expect(rule.surfaces).not.toEqual([]);
  expect(rule.label).toMatch(/^[A-Z][^.]*$/);
  expect(rule.description).toMatch(/^[A-Z].*\.$/);
  for (const key of scopeKeys(rule.scopes, { tenant: 1, connection: 2 }))
    expect(key.replace(rule.target.startsWith('infra') ? '{infra}' : '', 'demo')).not.toMatch(/[{}]|null/);
});

test('every capability to start something belongs to an operation', () => {
  const starts = capabilities.filter((capability) => capability.startsWith('run.start.'));
  const named = operationNames.map((name) => operationRule(name).capability);
  expect(starts.sort()).toEqual(named.filter((one) => one.startsWith('run.start.')).sort());
});

test('only the names of the registry are operations', () => {
  expect(operationNames.every(isOperation)).toBe(true);
  for (const name of ['', 'unknown', 'constructor', '__proto__', 'toString'])
    expect(isOperation(name)).toBe(false);
});

test('operations that write to one tenant through one connection exclude each other', () => {
  const writing = operationNames
    .map(operationRule)
    .filter(({ provider }) => tenantProviders.some((each) => each === provider));
  const scopes = new Set(writing.map((rule) => rule.scopes.join()));
  expect(scopes).toEqual(new Set(['t:{tenant}:c:{connection}']));
});

test('a right to write includes the right to read the same, and nothing else', () => {
  expect(permissionGranted('A.Read.All', ['A.Read.All'])).toBe(true);
  expect(permissionGranted('A.Read.All', ['A.ReadWrite.All'])).toBe(true);
  expect(permissionGranted('A.ReadWrite.All', ['A.Read.All'])).toBe(false);
  expect(permissionGranted('A.Read.All', ['B.ReadWrite.All', 'A.Read', 'a.read.all'])).toBe(false);
  expect(permissionGranted('A.Read.All', [])).toBe(false);
});

test('a door offers its own operations only', () => {
  expect(operationsOn('runs')).toEqual(['deployment']);
  expect(operationsOn('native')).not.toContain('deployment');
});

test('with the permissions a provider needs every operation may run', () => {
  for (const provider of providers) {
    const granted = permissionsNeeded(provider);
    expect(granted).toEqual([...new Set(granted)].sort());
    for (const name of operationNames.filter((each) => operationRule(each).provider === provider)) {
      for (const permission of operationRule(name).permissions) {
        expect(permissionGranted(permission, granted)).toBe(true);
      }
    }
  }
});
