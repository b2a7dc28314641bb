import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OperationFailure } from '../../src/operations/failures.ts';
import { readTaskServices, type TaskService, taskServiceNamed } from '../../src/task-services/catalogue.ts';
import { lookAtTaskService } from '../../src/task-services/look-at-task-service.ts';
import { runTaskService, type TaskServiceAction } from '../../src/task-services/run-task-service.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { errorOf } from '../providers/servers/support.ts';
import { benches, never, root } from '../transport/support.ts';

const patient = { timeout: 10_000, interval: 100 };
const services = await readTaskServices();
const redis = taskServiceNamed(services, 'redis');

/** Processes of task services whose script lies below a folder. */
function processesIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words[1]?.startsWith(`${folder}/`) === true && words[1].endsWith('/serve.sh');
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function run(transport: Transport, action: TaskServiceAction, service: TaskService = redis) {
  const lines: string[] = [];
  const log = async (level: string, text: string) => void lines.push(`${level} ${text}`);
  const server = { name: 'web-01', role: 'control' };
  const { changed } = await runTaskService({ action, service, transport, server, log }, never);
  return { changed, lines };
}

it('every task service that is shipped has its scripts, a version and a sentence about itself', () => {
  expect([...services.keys()]).toEqual(['cilium', 'kubernetes', 'nginx', 'redis']);
  for (const service of services.values()) {
    expect(service.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(service.description).toMatch(/^A stand-in for .+\.$/);
    expect(service.digest).toMatch(/^[\da-f]{64}$/);
  }
  for (const name of ['mysql', '', '../redis', '__proto__', '$(id)']) {
    expect(() => taskServiceNamed(services, name)).toThrow(OperationFailure);
  }
});

describe.each(benches.map((bench) => [bench.kind, bench] as const))('%s', (_kind, bench) => {
  // The scripts are the same whichever way leads there, so one of them is enough for the slower one.
  const tried = [...services.values()].filter(({ name }) => bench.kind === 'local' || name === 'nginx');
  it.each(tried.map((service) => [service.name, service] as const))(
    'installs %s with real files and a process that answers, once, and deletes both',
    async (name, service) => {
      const { transport, folder } = await bench.open(name);
      expect(await lookAtTaskService(transport, service, never)).toEqual({ state: 'absent' });
      const first = await run(transport, 'install', service);
      expect(first.changed).toBe(true);
      expect(first.lines).toContain(`info web-01: ${name} ${service.version} is installed`);
      const installed = { state: 'installed', version: service.version, answers: true, current: true };
      expect(await lookAtTaskService(transport, service, never)).toEqual(installed);
      expect(existsSync(join(folder, name === 'nginx' ? 'srv/www/index.html' : 'var/lib'))).toBe(true);
      const [pid] = processesIn(folder);
      expect(processesIn(folder)).toHaveLength(1);

      expect((await run(transport, 'install', service)).changed).toBe(false);
      expect(processesIn(folder)).toEqual([pid]);

      expect((await run(transport, 'delete', service)).changed).toBe(true);
      await expect.poll(() => processesIn(folder), patient).toEqual([]);
      expect(await lookAtTaskService(transport, service, never)).toEqual({ state: 'absent' });
      expect(readdirSync(join(folder, 'services'))).toEqual([]);
      expect((await run(transport, 'delete', service)).changed).toBe(false);
      await transport.close();
    },
  );

  it('configures and restarts what is installed; a killed process is found and replaced', async () => {
    const { transport, folder } = await bench.open('life');
    for (const action of ['configure', 'restart'] as const) {
      expect(await errorOf(run(transport, action))).toMatchObject({ safeError: { code: 'not_found' } });
    }
    await run(transport, 'install');
    writeFileSync(join(folder, 'etc/redis/redis.conf'), 'spoiled');
    await run(transport, 'configure');
    expect(readFileSync(join(folder, 'etc/redis/redis.conf'), 'utf8')).toContain('# server web-01');
    writeFileSync(join(folder, 'services/redis/commands'), 'SET colour blue\nDROP all\n');
    await run(transport, 'configure');
    expect(readFileSync(join(folder, 'var/lib/redis/appendonly'), 'utf8')).toBe('colour=blue\n');

    const [old = 0] = processesIn(folder);
    await run(transport, 'restart');
    await expect.poll(() => processesIn(folder), patient).toHaveLength(1);
    expect(processesIn(folder)).not.toContain(old);

    process.kill(processesIn(folder)[0] ?? 0, 'SIGKILL');
    await expect.poll(() => processesIn(folder), patient).toEqual([]);
    expect(await lookAtTaskService(transport, redis, never)).toMatchObject({
      state: 'installed',
      answers: false,
    });
    expect((await run(transport, 'install')).changed).toBe(true);
    expect(processesIn(folder)).toHaveLength(1);
    expect(readFileSync(join(folder, 'var/lib/redis/appendonly'), 'utf8')).toBe('colour=blue\n');

    // A server that is removed takes its processes along, whether its folder is deleted or moved away first.
    const away = `${folder}-away`;
    renameSync(folder, away);
    await expect.poll(() => processesIn(folder), patient).toEqual([]);
    rmSync(away, { recursive: true });
    mkdirSync(folder);
    await run(transport, 'install');
    rmSync(folder, { recursive: true, maxRetries: 5 });
    await expect.poll(() => processesIn(folder), patient).toEqual([]);
    expect(existsSync(folder)).toBe(false);
    await transport.close();
  });

  it('other scripts under the same name are installed anew, also after a half of them', async () => {
    const { transport, folder } = await bench.open('anew');
    await run(transport, 'install');
    const [old = 0] = processesIn(folder);
    const newer = { ...redis, digest: 'd'.repeat(64) };
    expect(await lookAtTaskService(transport, newer, never)).toMatchObject({ current: false, answers: true });
    expect((await run(transport, 'install', newer)).changed).toBe(true);
    await expect.poll(() => processesIn(folder), patient).toHaveLength(1);
    expect(processesIn(folder)).not.toContain(old);
    rmSync(join(folder, 'services/redis/state'));
    expect(await lookAtTaskService(transport, newer, never)).toEqual({ state: 'unfinished' });
    expect((await run(transport, 'install', newer)).changed).toBe(true);
    await transport.close();
  });

  it('a script that fails says so, with its exit code and its words in the log', async () => {
    const { transport } = await bench.open('fails');
    const script = 'task-services/redis/install.sh';
    const broken = { ...redis, files: new Map([...redis.files, [script, 'echo no disk >&2; exit 28']]) };
    const lines: string[] = [];
    const log = async (level: string, text: string) => void lines.push(`${level} ${text}`);
    const server = { name: 'web-01', role: 'control' };
    const work = { action: 'install', service: broken, transport, server, log } as const;
    const error = await errorOf(runTaskService(work, never));
    const context = { service: 'redis', exitCode: 28 };
    expect(error).toMatchObject({ retryable: false, safeError: { code: 'script_failed', context } });
    expect(lines).toEqual(['warning web-01: no disk']);
    await transport.close();
  });
});

it('what a server is called ends up in settings as text, whatever it holds', async () => {
  const { transport, folder } = await (benches[0]?.open('called') ?? Promise.reject(new Error('no bench')));
  await run(transport, 'install');
  const log = async () => undefined;
  for (const name of ['$(touch pwned)', '`touch pwned`', ';touch pwned', '--help', 'EOF', '\'$HOME"*']) {
    const server = { name, role: name };
    await runTaskService({ action: 'configure', service: redis, transport, server, log }, never);
    const [first] = readFileSync(join(folder, 'etc/redis/redis.conf'), 'utf8').split('\n');
    expect(first).toBe(`# server ${JSON.stringify(name).slice(1, -1)}`);
  }
  const hostile = { action: 'configure', service: redis, transport, log } as const;
  await runTaskService({ ...hostile, server: { name: 'a\nEOF\ntouch pwned\n', role: '' } }, never);
  const text = readFileSync(join(folder, 'etc/redis/redis.conf'), 'utf8');
  expect(text).toContain('# server aEOFtouch pwned\n');
  const found = readdirSync(folder, { recursive: true }).map(String);
  expect(found.filter((path) => path.includes('pwned'))).toEqual([]);
});

it('nothing but the process of a task service can be asked for', async () => {
  const { transport, folder } = await (benches[0]?.open('asked') ?? Promise.reject(new Error('no bench')));
  await run(transport, 'install');
  const [pid] = processesIn(folder);
  await transport.put('task-services/evil', 'touch pwned', never);
  const ask =
    'for name in evil ..  .hidden redis; do printf "%s\\n" "$1" > "init/$name" || true; done; sleep 0.3';
  await transport.put('ask.sh', ask, never);
  for (const token of ['; id', '', 'x'.repeat(70)]) {
    await transport.run(
      { script: 'ask.sh', args: [token], timeoutMs: 20_000 },
      { line: () => undefined },
      never,
    );
  }
  expect(processesIn(folder)).toEqual([pid]);
  expect(existsSync(join(root, 'pwned')) || existsSync(join(folder, 'pwned'))).toBe(false);
});
