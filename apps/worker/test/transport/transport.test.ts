import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OperationFailure } from '../../src/operations/failures.ts';
import { openTransport } from '../../src/transport/open-transport.ts';
import { quoteCommand } from '../../src/transport/quote-argument.ts';
import { marker, processesWith } from '../process/support.ts';
import { errorOf } from '../providers/servers/support.ts';
import { password, user } from './ssh-server.ts';
import { benches, keepLines, never, root, runtime, server } from './support.ts';

const patient = { timeout: 10_000 };
const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await errorOf(work);
  if (!(error instanceof OperationFailure)) throw error;
  return error.safeError.code;
};

it('a quoted argument is one word of a shell that holds just what it held', () => {
  const probe = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
  const hostile = [
    "'",
    "''",
    "'\\''",
    '$(id)',
    '`id`',
    '"',
    '\\',
    '\n',
    '!!',
    '*',
    '~',
    '',
    '-n',
    '#',
    '&',
    '\r',
    "a'b",
  ];
  const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 20 }));
  const sound = text.map((value) => value.replaceAll('\0', '').toWellFormed());
  for (const args of [hostile, ...fc.sample(fc.array(sound, { minLength: 300, maxLength: 300 }), 4)]) {
    const line = quoteCommand([process.execPath, '-e', probe, '--', ...args]);
    expect(JSON.parse(execFileSync('sh', ['-c', line], { encoding: 'utf8' }))).toEqual(args);
  }
  expect(() => quoteCommand(['a\0b'])).toThrow('NUL');
});

describe.each(benches.map((bench) => [bench.kind, bench] as const))('%s', (kind, bench) => {
  it('writes, reads and runs below the directory of the server', async () => {
    const { transport, folder } = await bench.open('plain');
    const bytes = new Uint8Array([0, 255, 10, 39]);
    await transport.put('deep/er/file.bin', bytes, never);
    expect(new Uint8Array((await transport.read('deep/er/file.bin', never)) ?? [])).toEqual(bytes);
    await transport.put('deep/er/file.bin', 'anew', never);
    expect(readFileSync(join(folder, 'deep/er/file.bin'), 'utf8')).toBe('anew');
    expect(readdirSync(join(folder, 'deep/er'))).toEqual(['file.bin']);
    expect(await transport.read('deep/none', never)).toBeNull();
    expect(await transport.read('none/none', never)).toBeNull();

    const hostile = ['$(touch pwned)', "'; id; '", '--help', 'a\nb', '', '*'];
    await transport.put(
      'say.sh',
      'for word in "$@"; do printf "<%s>" "$word"; done; echo; echo no >&2; exit 9',
      never,
    );
    const on = keepLines();
    const { exitCode } = await transport.run(
      { script: 'say.sh', args: hostile, timeoutMs: 20_000 },
      on,
      never,
    );
    expect(exitCode).toBe(9);
    expect(on.lines.filter((line) => line.startsWith('info')).join('|')).toBe(
      "info <$(touch pwned)><'; id; '><--help><a|info b><><*>",
    );
    expect(on.lines).toContain('warning no');
    expect(readdirSync(folder)).not.toContain('pwned');
    await transport.close();
  });

  it('every argument of a script arrives as one inert element, or nothing is run', async () => {
    const { transport, folder } = await bench.open('argv');
    // Prints its arguments itself, so that no shell has a say in it.
    const probe = 'process.stdout.write(JSON.stringify(process.argv.slice(1)) + "\\n")';
    await transport.put('probe.sh', `exec "${process.execPath}" -e '${probe}' -- "$@"`, never);
    const run = async (args: readonly string[]): Promise<unknown> => {
      const on = keepLines();
      await transport.run({ script: 'probe.sh', args, timeoutMs: 20_000 }, on, never);
      return JSON.parse(on.lines.join('').replace(/^info /, ''));
    };
    const hostile = [
      ...['-oProxyCommand=touch pwned', '--help', '-', '--', ';touch pwned', '`touch pwned`', '|touch pwned'],
      ...['$(touch pwned)', '$HOME', '~', '*', '?', '@probe.sh', 'LD_PRELOAD=x', '>pwned', '&& touch pwned'],
      ...['a\nb', 'a\r\nb', '\t', '', ' ', "'", '"', '\\', '\u202e', 'é', '😀', '\u0007', '__proto__'],
    ];
    expect(await run(hostile)).toEqual(hostile);
    for (const arg of hostile.slice(0, 6)) expect(await run([arg])).toEqual([arg]);
    for (const args of [['a\0b'], ['x'.repeat(131_072)], ['x'.repeat(4_000_000)]]) {
      expect(await codeOf(run(args))).toBe('provider_refused');
    }
    expect(await codeOf(run(Array.from({ length: 10_000 }, () => 'x'.repeat(1_000))))).toBe(
      'provider_refused',
    );
    if (kind === 'local') {
      const on = keepLines();
      const many = Array.from({ length: 10_000 }, (_, index) => `;${index}`);
      await transport.put('count.sh', 'echo "$#"; shift 9999; echo "$1"', never);
      await transport.run({ script: 'count.sh', args: many, timeoutMs: 20_000 }, on, never);
      expect(on.lines).toEqual(['info 10000', 'info ;9999']);
    }
    expect(readdirSync(folder).sort()).not.toContain('pwned');
    await transport.close();
  });

  it('no path leads out of the directory, and nothing is opened there', async () => {
    const { transport } = await bench.open('paths');
    const canary = join(root, 'canary');
    writeFileSync(canary, 'untouched');
    const paths = [
      '../canary',
      '/etc/passwd',
      canary,
      'a/../../canary',
      '',
      '.',
      '..',
      'a//b',
      'a/',
      '-rf',
      '~/x',
      '$HOME',
      'a b',
      'a\nb',
      'a\0b',
      'x'.repeat(5_000),
      '$(id)',
      'a\\..\\b',
      '%2e%2e/canary',
    ]; // prettier-ignore
    for (const path of paths) {
      expect(await codeOf(transport.put(path, 'x', never)), path).toBe('provider_refused');
      expect(await codeOf(transport.read(path, never)), path).toBe('provider_refused');
      const command = { script: path, args: [], timeoutMs: 1_000 };
      expect(await codeOf(transport.run(command, keepLines(), never)), path).toBe('provider_refused');
    }
    expect(readFileSync(canary, 'utf8')).toBe('untouched');
    await transport.close();
  });

  it('a script ends with everything it started when the signal aborts or its time is over', async () => {
    const { transport } = await bench.open('ended');
    const word = marker();
    await transport.put('long.sh', 'echo ready; (trap "" TERM; sleep "$1") & sleep "$1"', never);
    const stop = new AbortController();
    const on = { line: () => stop.abort(new Error('enough')) };
    const long = { script: 'long.sh', args: [word], timeoutMs: 20_000 };
    expect(await errorOf(transport.run(long, on, stop.signal))).toEqual(new Error('enough'));
    // Over SSH it is up to the server what becomes of a grandchild that ignores every sign.
    const left = kind === 'local' ? 0 : 1;
    await expect.poll(() => processesWith(word).length, patient).toBeLessThanOrEqual(left);
    const again = await bench.open('ended');
    const late = again.transport.run({ ...long, timeoutMs: 300 }, keepLines(), never);
    expect(await codeOf(late)).toBe('script_failed');
    for (const pid of processesWith(word)) process.kill(pid, 'SIGKILL');
    await transport.close();
    await again.transport.close();
  });
});

it('a folder is served below its root only, and never over a link', async () => {
  const open = (folder: string) => openTransport(`local:${folder}`, { runtime, roots: [root], ssh: null });
  mkdirSync(join(root, 'real'), { recursive: true });
  symlinkSync('/etc', join(root, 'link'));
  symlinkSync(join(root, 'real'), join(root, 'alias'));
  writeFileSync(join(root, 'file'), '');
  for (const folder of ['/etc', root, `${root}/..`, `${root}/real/../..`, 'real', '', `${root}x`]) {
    expect(await codeOf(open(folder)), folder).toBe('provider_refused');
  }
  for (const name of ['link', 'alias', 'file'])
    expect(await codeOf(open(join(root, name)))).toBe('provider_refused');
  expect(await codeOf(open(join(root, 'gone')))).toBe('not_found');

  const transport = await open(join(root, 'real'));
  symlinkSync('/etc', join(root, 'real/out'));
  symlinkSync('/etc/hostname', join(root, 'real/name'));
  execFileSync('mkfifo', [join(root, 'real/pipe')]);
  for (const path of ['out/hostname', 'name', 'out/new']) {
    expect(await codeOf(transport.read(path, never)), path).toBe('provider_refused');
    expect(await codeOf(transport.put(path, 'x', never)), path).toBe('provider_refused');
    const command = { script: path, args: [], timeoutMs: 1_000 };
    expect(await codeOf(transport.run(command, keepLines(), never)), path).toBe('provider_refused');
  }
  expect(await transport.read('pipe', never)).toBeNull();
  writeFileSync(join(root, 'real/big'), Buffer.alloc(1_048_577));
  expect(await codeOf(transport.read('big', never))).toBe('provider_refused');
});

describe('over SSH', () => {
  const address = `ssh://${user}@127.0.0.1:${server.port}`;
  const reach = async (ssh: object, to = address) => {
    const settings = { hostKeys: [server.hostKey], directory: join(root, 'ssh-reach'), ...ssh };
    const transport = await openTransport(to, { runtime, roots: [root], ssh: settings });
    return transport.read('none', never).finally(() => transport.close());
  };

  it('a password or a key opens the way; another one does not, and nothing is run', async () => {
    expect(await reach({ password })).toBeNull();
    expect(await reach({ privateKey: server.userKey })).toBeNull();
    const before = server.lines.length;
    expect(await codeOf(reach({ password: 'wrong' }))).toBe('credential_invalid');
    expect(await codeOf(reach({ privateKey: 'no key' }))).toBe('credential_invalid');
    expect(await codeOf(reach({}))).toBe('credential_invalid');
    expect(server.lines).toHaveLength(before);
  });

  it('a server with another host key gets no credential', async () => {
    const before = server.lines.length;
    const strange = await errorOf(reach({ password, hostKeys: ['SHA256:AAAA'] }));
    expect(strange).toMatchObject({ retryable: false, safeError: { code: 'provider_refused' } });
    expect(await codeOf(reach({ password, hostKeys: [] }))).toBe('credential_missing');
    expect(server.lines).toHaveLength(before);
  });

  it('a server that cannot be reached, or goes down meanwhile, may be tried again', async () => {
    const closed = await errorOf(reach({ password }, `ssh://${user}@127.0.0.1:1`));
    expect(closed).toMatchObject({ retryable: true, safeError: { code: 'provider_unavailable' } });
    const { transport } = await (benches[1]?.open('dropped') ?? Promise.reject(new Error('no bench')));
    await transport.put('wait.sh', 'echo ready; sleep 30', never);
    const on = { line: () => server.drop() };
    const dropped = await errorOf(
      transport.run({ script: 'wait.sh', args: [], timeoutMs: 20_000 }, on, never),
    );
    expect(dropped).toMatchObject({ retryable: true, safeError: { code: 'provider_unavailable' } });
    expect(await transport.read('none', never)).toBeNull();
    await transport.close();
  });

  it('other addresses are refused', async () => {
    const ssh = { hostKeys: [server.hostKey], password };
    for (const to of ['', 'http://x', 'ssh://nobody', 'file:///etc', 'local', 'ssh://']) {
      expect(await codeOf(openTransport(to, { runtime, roots: [root], ssh })), to).toBe('provider_refused');
    }
    expect(await codeOf(openTransport(null, { runtime, roots: [root], ssh }))).toBe('not_found');
  });
});
