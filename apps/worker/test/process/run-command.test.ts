import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, runCommand } from '../../src/process/run-command.ts';
import { executables, marker, processesWith, runtimes } from './support.ts';

const never = new AbortController().signal;
const patient = { timeout: 10_000 };

/** Prints its arguments and its environment as one line of JSON. */
const probe = 'process.stdout.write(JSON.stringify([process.argv.slice(1), process.env]) + "\\n")';

it('on Linux a tree is kept in a namespace', () => {
  expect(runtimes[0]?.containment.kind).toMatch(process.platform === 'linux' ? /pid_namespace$/ : /./);
});

describe.each(runtimes.map((runtime) => [runtime.containment.kind, runtime] as const))(
  '%s',
  (kind, runtime) => {
    const run = async (command: Partial<Command>, signal: AbortSignal = never) => {
      const lines: string[] = [];
      const started = { executable: 'sh', args: [], cwd: '/', env: {}, timeoutMs: 20_000, ...command };
      const onLine = (stream: string, text: string) => void lines.push(`${stream} ${text}`);
      const result = await runCommand(runtime, { command: started, onLine }, signal);
      return { result, lines };
    };
    const sh = (text: string, ...args: string[]) => ({ args: ['-c', text, 'sh', ...args] });

    it('tells whole lines of both streams, the exit code and the signal', async () => {
      const text = 'printf "a\\nhalf"; printf " line\\r\\n\\tend\\a" ; echo "broken \\377" >&2; exit 7';
      const { result, lines } = await run(sh(text));
      expect(result).toEqual({ ended: 'exited', exitCode: 7, cut: false });
      expect(lines.filter((line) => line.startsWith('stdout'))).toEqual([
        'stdout a',
        'stdout half line',
        'stdout \tend\ufffd',
      ]);
      expect(lines).toContain('stderr broken \ufffd');
      const killed = await run({ executable: 'node', args: ['-e', 'process.kill(process.pid, "SIGKILL")'] });
      // The first process of a namespace is deaf to its own signals, so there it takes another one to send it.
      if (kind === 'process_group')
        expect(killed.result).toMatchObject({ ended: 'signalled', signal: 'SIGKILL' });
      else expect(killed.result.ended).not.toBe('timed_out');
    });

    it('hostile arguments arrive as one inert element each, and the environment holds what was given', async () => {
      const nasty = [
        '-oProxyCommand=touch /tmp/x',
        '--help',
        ';id',
        '`id`',
        '|id',
        '$(id)',
        '$HOME',
        'a\nb',
        '*',
        '~',
        '@/etc/passwd',
        'LD_PRELOAD=x',
        '',
        ' ',
        "'",
        '"',
        '\\',
        '\u202e',
        '😀',
        '&& id',
        '>out',
        '-',
        '--',
        'x'.repeat(100_000),
      ]; // prettier-ignore
      const text = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 30 }));
      const sound = text.map((value) => value.replaceAll('\0', '').toWellFormed());
      const batches = fc.sample(fc.array(sound, { minLength: 250, maxLength: 250 }), 10);
      for (const args of [nasty, ...batches]) {
        const env = { ONLY: '$(id)' };
        const started = { executable: 'node', args: ['-e', probe, '--', ...args], env };
        const { result, lines } = await run({
          ...started,
          limits: { lineBytes: 10_000_000, bytes: 10_000_000 },
        });
        expect(result).toMatchObject({ ended: 'exited', exitCode: 0 });
        expect(JSON.parse(lines[0]?.slice('stdout '.length) ?? '')).toEqual([args, env]);
      }
    });

    it('what cannot be started is a value: no such program, a NUL, too long a list, no such directory', async () => {
      expect((await run({ executable: '/bin/sh' })).result).toEqual({
        ended: 'not_started',
        code: 'missing',
      });
      const code = async (command: Partial<Command>) => (await run(command)).result;
      expect(await code({ args: ['a\0b'] })).toMatchObject({
        ended: 'not_started',
        code: 'ERR_INVALID_ARG_VALUE',
      });
      expect(await code({ args: ['x'.repeat(4_000_000)] })).toEqual({ ended: 'not_started', code: 'E2BIG' });
      expect(await code({ cwd: '/nowhere' })).toEqual({ ended: 'not_started', code: 'ENOENT' });
    });

    it('a flood is cut and said so, and the command goes on to its end', async () => {
      const flood = 'yes 0123456789 | head -c 60000000; echo last >&2; exit 3';
      const before = process.memoryUsage().rss;
      const { result, lines } = await run({ ...sh(flood), limits: { bytes: 5_000, lines: 1_000_000 } });
      expect(result).toEqual({ ended: 'exited', exitCode: 3, cut: true });
      expect(lines.length).toBeLessThan(510);
      expect(lines.filter((line) => line.includes('output cut'))).toHaveLength(1);
      expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1_048_576);
      const long = await run({ ...sh('printf %5000s x; echo; echo y'), limits: { lineBytes: 100 } });
      expect(long.lines.map((line) => line.length)).toEqual([
        'stdout '.length + 100 + ' [line cut]'.length,
        8,
      ]);
      const many = await run({ ...sh('seq 50'), limits: { lines: 10 } });
      expect(many.lines).toHaveLength(11);
    });

    it('a grandchild that ignores TERM dies when the time is over, and so does one left behind', async () => {
      const word = marker();
      const deaf = 'trap "" TERM; (trap "" TERM; sleep "$1"; sleep "$1") & sleep "$1"';
      const { result } = await run({ ...sh(deaf, word), timeoutMs: 300, graceMs: 200 });
      expect(result.ended).toBe('timed_out');
      await expect.poll(() => processesWith(word), patient).toEqual([]);
      const left = await run(sh('sleep "$1" >/dev/null 2>&1 & exit 0', word));
      expect(left.result).toMatchObject({ exitCode: 0 });
      await expect.poll(() => processesWith(word), patient).toEqual([]);
    });

    it('an aborted command may tidy up; one that does not listen is not waited for', async () => {
      const word = marker();
      const tidy = 'trap "echo tidied; exit 0" TERM; echo ready; sleep "$1" & wait';
      const attempt = (text: string): Promise<{ lines: string[]; error: unknown; ms: number }> => {
        const stop = new AbortController();
        const lines: string[] = [];
        let since = 0;
        const onLine = (_stream: string, line: string): void => {
          lines.push(line);
          if (line !== 'ready') return;
          since = performance.now();
          stop.abort(new Error('enough'));
        };
        const command = {
          executable: 'sh',
          ...sh(text, word),
          cwd: '/',
          env: {},
          timeoutMs: 20_000,
          graceMs: 10_000,
        };
        return runCommand(runtime, { command, onLine }, stop.signal).then(
          () => Promise.reject(new Error('it was not aborted')),
          (error: unknown) => ({ lines, error, ms: performance.now() - since }),
        );
      };
      const polite = await attempt(tidy);
      expect(polite.lines).toEqual(['ready', 'tidied']);
      expect(polite.error).toEqual(new Error('enough'));
      const rude = await attempt('echo ready; sleep "$1"; echo went on');
      expect(rude.lines).toEqual(['ready']);
      expect(rude.ms).toBeLessThan(9_000);
      await expect.poll(() => processesWith(word), patient).toEqual([]);
      await expect(run({}, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
    });

    it('nothing is left of a command when the process that ran it is killed', async () => {
      const word = marker();
      const escapes = kind === 'process_group' ? '' : 'setsid sh -c "trap \\"\\" TERM; sleep $1" &';
      const text = `trap "" TERM; ${escapes} (trap "" TERM; sleep "$1") & echo ready; sleep "$1"`;
      const file = fileURLToPath(new URL('worker-like.ts', import.meta.url));
      const worker = spawn(executables.get('node') ?? '', [file, kind, text, word], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(worker.stdout, 'data');
      await expect.poll(() => processesWith(word).length, patient).toBeGreaterThan(2);
      worker.kill('SIGKILL');
      await expect.poll(() => processesWith(word), patient).toEqual([]);
    });
  },
);
