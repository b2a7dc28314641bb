import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { isAlive } from '../../src/process/is-alive.ts';
import { startProcess } from '../../src/process/start-process.ts';
import { waitUntil } from '../../src/wait-until.ts';

const echo = fileURLToPath(new URL('./fixtures/echo.ts', import.meta.url));
const startOne = fileURLToPath(new URL('./fixtures/start-one.ts', import.meta.url));
const seen: number[] = [];

afterAll(() => {
  expect(seen.filter(isAlive)).toEqual([]);
});

test('a process runs with its arguments and with no environment but its own', async () => {
  const child = await startProcess({
    script: echo,
    args: ['a', 'b'],
    env: { SIGNALBOX_NAME: 'worker 1' },
    ready: /^ready/,
  });
  seen.push(child.pid);
  expect(child.lines).toContain('ready as worker 1, vitest absent');
  await child.waitForLine(/^args a,b$/);
  child.kill('SIGTERM');
  expect(await child.exited).toEqual({ code: 7, signal: null });
  await expect(child.waitForLine(/^good(\w+)$/)).resolves.toMatchObject({ 1: 'bye' });
});

test('a killed process tells the signal', async () => {
  const child = await startProcess({ script: echo, ready: /^ready/ });
  child.kill();
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' });
  child.kill();
});

test('a process that ends or stays silent instead of getting ready fails with its output', async () => {
  await expect(startProcess({ script: `${echo}.missing`, ready: /^ready/ })).rejects.toThrow(
    /the process ended with code 1[\s\S]*Cannot find module/,
  );
  await expect(startProcess({ script: echo, ready: /^never$/, readyTimeoutMs: 500 })).rejects.toThrow(
    /no line matched \/\^never\$\/: 500 ms passed/,
  );
});

test('a process left alone is gone when its test has ended', async () => {
  const child = await startProcess({ script: echo, ready: /^ready/ });
  seen.push(child.pid);
  expect(isAlive(child.pid)).toBe(true);
});

test('the process of the test before is gone', () => {
  expect(seen.filter(isAlive)).toEqual([]);
});

test('on Linux a process dies with a parent that is killed', async () => {
  const parent = await startProcess({ script: startOne });
  const [, pid] = await parent.waitForLine(/^child (\d+)$/);
  parent.kill('SIGKILL');
  await parent.exited;
  if (process.platform !== 'linux') process.kill(Number(pid), 'SIGKILL');
  await waitUntil('the child to die', () => !isAlive(Number(pid)));
});
