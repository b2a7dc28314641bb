import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { migrate } from '@signalbox/db/migrate';
import { parseKeyring } from '@signalbox/db/secrets/envelope';
import { startPostgres } from '@signalbox/postgres-server/start-postgres';
import { besides, requireFreePort } from './port.ts';
import { keptSecret, newKeyring } from './secret-files.ts';
import { seedBatches } from './seed-batches.ts';
import { seedHistory } from './seed-history.ts';
import { seedInfra } from './seed-infra.ts';
import { seedWorkspaces } from './seed-workspaces.ts';
import { readSettings, StartProblem } from './settings.ts';
import { startEmulators } from './start-emulators.ts';
import { readState, removeState, wasKilled, writeState } from './state-file.ts';
import { createSteps } from './steps.ts';
import { type Program, type Supervised, supervise } from './supervise.ts';
import { switchOff } from './switch-off.ts';
import { watchCaller } from './watch-caller.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const print = (text: string): void => void process.stdout.write(text);
const closers: (() => Promise<void>)[] = [];
let worker: Supervised | null = null;
let stopping = false;

/** Stops what was started so far, last first. */
async function stopAll(): Promise<void> {
  for (let close = closers.pop(); close !== undefined; close = closers.pop())
    await close().catch((error: unknown) => print(`  ${String(error)}\n`));
}

/** Something asked to stop while the start was under way. */
class Interrupted extends Error {}

async function start(): Promise<void> {
  const settings = readSettings(process.env);
  const { dataDir, port } = settings;
  if ((await readState(dataDir)) !== null) throw new StartProblem(`Signalbox already runs on ${dataDir}.`);
  // What a killed launcher left behind ends by itself; until then it may still hold the port.
  await requireFreePort(port, (await wasKilled(dataDir)) ? 10_000 : 0);
  await mkdir(join(dataDir, 'logs'), { recursive: true });
  // Before all others, so that it comes last: nothing starts a server any more then.
  closers.push(() => switchOff([join(dataDir, 'servers'), join(dataDir, 'local-servers')]));
  const keysFile = join(dataDir, 'envelope-keys');
  const keyring = parseKeyring(await keptSecret(keysFile, newKeyring));
  const steps = createSteps(print);
  const step: typeof steps.step = async (name, work) => {
    if (stopping) throw new Interrupted();
    return steps.step(name, work);
  };
  print('Signalbox\n');
  let setUp = '';
  let announced = false;

  const databaseUrl = await step('PostgreSQL', async (note) => {
    if (settings.databaseUrl !== null) {
      note('the server of DATABASE_URL');
      return settings.databaseUrl;
    }
    const server = await startPostgres({ dataDir: join(dataDir, 'postgres'), port: besides(port) });
    closers.push(() => server.stop());
    note(`embedded, port ${server.port}`);
    return server.url;
  });
  await step('Schema', () => migrate({ url: databaseUrl, log: () => {} }));
  await step('Console', () =>
    promisify(execFile)('turbo', ['run', 'build', '--filter=@signalbox/web'], { cwd: root }),
  );

  const run = async (program: Omit<Program, 'logFile'>): Promise<Supervised> => {
    const logFile = join(dataDir, 'logs', `${program.name.toLowerCase().replaceAll(' ', '-')}.log`);
    const running = await supervise(
      { ...program, logFile },
      {
        tell: (line) => {
          if (!stopping) print(`  ${line}\n`);
        },
        aside: (line) => {
          setUp = line;
          if (announced && !stopping) print(`\n${line}\n`);
        },
        restarted: () => {
          if (worker !== null && !stopping) void publish();
        },
      },
    );
    closers.push(() => running.stop());
    return running;
  };
  const script = (path: string) => join(root, path);
  const emulators = settings.demo ? await step('Emulators', () => startEmulators(dataDir, run)) : null;
  const emulator = emulators?.graph ?? null;
  const shared = { DATABASE_URL: databaseUrl, SIGNALBOX_KEYS_FILE: keysFile };
  await step('API', () =>
    run({
      name: 'API',
      script: script('apps/api/src/main.ts'),
      env: {
        ...shared,
        PORT: String(port),
        SIGNALBOX_DEMO: settings.demo ? '1' : '0',
        SIGNALBOX_DEMO_PASSWORD: settings.password,
        SIGNALBOX_WEB_DIR: script('apps/web/dist'),
        SIGNALBOX_INFRA_DIR: join(dataDir, 'infras'),
        ...(emulator !== null && { SIGNALBOX_GRAPH_LOGIN_URL: emulator.url }),
      },
      ready: /The API answers/,
      aside: /\/setup#|^Nobody can sign in/,
    }),
  );
  worker = await step('Worker', () =>
    run({
      name: 'Worker',
      script: script('apps/worker/src/main.ts'),
      env: {
        ...shared,
        ...(emulator !== null && {
          SIGNALBOX_GRAPH_URL: emulator.url,
          SIGNALBOX_GRAPH_LOGIN_URL: emulator.url,
        }),
        SIGNALBOX_SANDBOX_DIR: join(dataDir, 'local-servers'),
        SIGNALBOX_TERRAFORM_DIR: join(dataDir, 'terraform'),
        ...(emulators !== null && {
          SIGNALBOX_UPCLOUD_URL: emulators.upcloud.url,
          SIGNALBOX_AWS_ENDPOINT: emulators.aws.url,
          SIGNALBOX_EMULATED_SERVERS_DIR: emulators.serversDir,
        }),
      },
      ready: /ready/,
    }),
  );
  const url = `http://localhost:${port}`;
  const publish = (): Promise<void> =>
    writeState(dataDir, {
      ...{ launcherPid: process.pid, url, databaseUrl, emulator },
      workerPid: worker?.pid() ?? null,
    });
  await publish();
  closers.push(() => removeState(dataDir));

  if (emulator === null) {
    announced = true;
    print(`\nSignalbox is ready: ${url} · Ctrl-C stops\n${setUp === '' ? '' : `\n${setUp}\n`}`);
    return;
  }
  const { password } = settings;
  await step('Demo workspaces', async (note) => {
    if (!(await seedWorkspaces({ databaseUrl, keyring, password }))) note('kept');
  });
  await step('Demo infra', async (note) => {
    const made = await seedInfra({ url, password });
    // Under way while the history is made.
    if (!(await seedBatches({ url, password })) && !made) note('kept');
  });
  await step('Demo history', async (note) => {
    const history = { url, password, emulator: { url: emulator.url, adminToken: emulator.token } };
    if (!(await seedHistory(history))) note('kept');
  });
  print(`\nSignalbox is ready: ${url} · sign in as operator / ${password} · Ctrl-C stops\n`);
}

// The terminal may go before its programs do; the farewell then has no reader.
process.stdout.on('error', () => {});
const started = start();
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  print('\nStopping …\n');
  await stopAll();
  // A step that was under way may have started something more before it noticed.
  await started.catch(() => undefined);
  await stopAll();
  print('Stopped. The data is kept; npm start goes on from here.\n');
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
void watchCaller(() => void stop());

try {
  await started;
} catch (error) {
  if (!stopping) {
    stopping = true;
    const message = error instanceof Error ? error.message : String(error);
    print(error instanceof StartProblem ? `${message}\n` : `\nSignalbox could not start: ${message}\n`);
    await stopAll();
    process.exit(1);
  }
}
