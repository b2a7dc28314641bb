import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ServerProvider } from '../../../src/providers/servers/server-provider.ts';
import { never, reports } from './support.ts';

const web = { name: 'web-1', plan: 'small', zone: 'eu-1' };
const db = { name: 'db.2', plan: 'large', zone: 'eu-1' };

/** What holds for the recorded program as for the real one. Each test goes on where the one before stopped. */
export function describeTerraform(provider: ServerProvider, folder: string): void {
  test('a plan says what would be made and what would be refused, and leaves no trace', async () => {
    const odd = { name: 'odd', plan: `$${'{'}file("/etc/passwd")}`, zone: 'eu-1' };
    const planned = await provider.plan('demo', [web, odd, db], never);
    expect(planned.changes.map(({ action, name }) => `${action} ${name}`)).toEqual([
      'create web-1',
      'create odd',
      'create db.2',
    ]);
    expect(planned.problems.map(({ name }) => name)).toEqual(['odd']);
    expect(() => readdirSync(folder)).toThrow('ENOENT');
    expect(await provider.look('demo', never)).toEqual([]);
  });

  test('servers are told of one by one as they are made, and are then seen as they were told', async () => {
    const first = reports();
    await provider.create('demo', [web, db], first, never);
    expect(first.told.toSorted()).toEqual(
      ['db.2', 'web-1'].flatMap((name) => [`${name} 0.1`, `${name} 0.9`, `${name} done`]),
    );
    expect(first.logged[0]).toMatch(/^info (Terraform|OpenTofu) \d+\.\d+/);
    const seen = await provider.look('demo', never);
    expect(seen.toSorted(byName)).toEqual(first.made.toSorted(byName));
    expect(seen).toHaveLength(2);
    for (const server of seen) expect(server).toMatchObject({ state: 'running', address: null });
  });

  test('made again they are the same, whatever the key; with another plan one is refused and left alone', async () => {
    const before = await provider.look('demo', never);
    const again = reports('run-2');
    await provider.create('demo', [web, { ...db, plan: 'small' }], again, never);
    expect(again.told).toEqual(['web-1 done', 'db.2 conflict']);
    expect(await provider.look('demo', never)).toEqual(before);
    const planned = await provider.plan('demo', [{ ...db, plan: 'small' }, web], never);
    expect(planned.changes.map(({ action }) => action)).toEqual(['keep', 'keep']);
    expect(planned.problems.map(({ name }) => name)).toEqual(['db.2']);
  });

  test('what is removed is gone, also when it was gone before, and nothing else is touched', async () => {
    const [kept] = (await provider.look('demo', never)).filter(({ name }) => name === 'db.2');
    const gone = reports();
    await provider.remove('demo', ['web-1', 'never-was'], gone, never);
    expect(gone.told).toEqual(['never-was done', 'web-1 0.1', 'web-1 0.9', 'web-1 done']);
    expect(gone.made).toEqual([]);
    expect(await provider.look('demo', never)).toEqual([kept]);
    expect(readdirSync(folder).filter((name) => name.startsWith('wanted-'))).toEqual([]);
  });

  test('no name leads out of the directory or into an argument', async () => {
    for (const infra of ['../demo', '-chdir=x', 'a/b', '']) {
      await expect(provider.look(infra, never)).rejects.toMatchObject({
        safeError: { code: 'provider_refused' },
      });
    }
    const told = reports();
    await provider.create(
      'demo',
      [
        { ...web, name: 'a"]' },
        { ...web, name: '-x' },
      ],
      told,
      never,
    );
    expect(told.told).toEqual(['a"] provider_refused', '-x provider_refused']);
  });
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1;
}
