import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Contract } from '../../src/openapi/operation.ts';

type AnyContract = Contract<z.ZodObject, z.ZodType>;

const source = join(import.meta.dirname, '../../src');
const files = globSync('**/*.ts', { cwd: source });
const contracts = new Map<string, AnyContract>();
for (const file of files) {
  const exports = (await import(join(source, file))) as Record<string, unknown>;
  for (const [name, value] of Object.entries(exports)) {
    if (name.endsWith('Contract') && typeof value === 'object') contracts.set(name, value as AnyContract);
  }
}

it('finds the contracts', () => {
  expect(contracts.size).toBeGreaterThan(30);
});

it('operation ids and places are used once', () => {
  const all = [...contracts.values()].map(({ meta }) => meta.contract);
  expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
  expect(new Set(all.map(({ method, path }) => `${method} ${path}`)).size).toBe(all.length);
});

describe.each([...contracts])('%s', (_name, { meta, input, output }) => {
  const facts = meta.contract;
  const inPath = [...facts.path.matchAll(/\{([^}]+)\}/g)].map(([, parameter]) => parameter ?? '');

  it('takes its path parameters, and they are not optional', () => {
    for (const parameter of inPath) {
      const schema = input.shape[parameter];
      expect(schema && z.safeParse(schema, undefined).success).toBe(false);
    }
  });

  it('refuses unknown keys wherever they must be', () => {
    const strict = facts.method === 'GET' || facts.dialect === 'native' || facts.dialect === 'admin-runs';
    const { error } = input.safeParse({ unknownKeyOfThisTest: 1 });
    const refused = error?.issues.some((issue) => issue.code === 'unrecognized_keys') === true;
    expect(refused).toBe(strict);
  });

  it('has schemas that can be written as JSON Schema', () => {
    expect(z.toJSONSchema(input, { io: 'input' })).toHaveProperty('type', 'object');
    expect(z.toJSONSchema(output, { io: 'output' })).toBeTypeOf('object');
  });

  it('names what it answers and what may go wrong', () => {
    expect(Object.keys(facts.success).length).toBeGreaterThan(0);
    expect(facts.errors).toHaveProperty('400');
    // A sign-in and a refresh take their credential in the body.
    const takesCredential = ['login', 'signIn', 'refresh'].some((name) => facts.operationId.startsWith(name));
    expect(Object.hasOwn(facts.errors, 401)).toBe(facts.security !== 'none' || takesCredential);
    if (inPath.length > 0) expect(facts.errors).toHaveProperty('404');
  });
});
