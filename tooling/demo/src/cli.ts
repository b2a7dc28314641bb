import { graphControl } from '@signalbox/emulators/graph/control-client';
import { contoso, type FailureStage, failures, giveSecretBack } from './failures.ts';
import { signIn } from './rest-client.ts';
import { readSettings, StartProblem } from './settings.ts';
import { type DemoState, readState } from './state-file.ts';

const usage = `Makes trouble in the running demo, to be watched in the console.

  npm run demo -- fault throttle      the provider answers 429 to the next ten requests of contoso
  npm run demo -- fault consent       contoso's administrator takes the consent back
  npm run demo -- fault kill-worker   the worker is killed without a warning and started again
  npm run demo -- fail <name>         makes a run that fails, and says where it is to be seen:
${Object.entries(failures)
  .map(([name, { what }]) => `    ${name.padEnd(12)} ${what}`)
  .join('\n')}
  npm run demo -- heal                takes back every fault, and contoso consents again
`;

const faults: Readonly<Record<string, (state: DemoState) => Promise<string>>> = {
  async throttle(state) {
    const match = { tenant: 'contoso' };
    await control(state).addFault({ match, times: 10, status: 429, retryAfter: 2 });
    return 'The next ten requests of contoso are answered 429 with Retry-After: 2.';
  },
  async consent(state) {
    await control(state).setConsent('contoso', false);
    return 'Contoso has taken its consent back. Check its connection, or start a capture, to see it.';
  },
  async 'kill-worker'(state) {
    if (state.workerPid === null) throw new StartProblem('There is no worker to kill.');
    process.kill(state.workerPid, 'SIGKILL');
    return `Worker ${state.workerPid} was killed. Another one starts now; it takes over when the lease has run out.`;
  },
};

function control({ emulator }: DemoState) {
  if (emulator === null) throw new StartProblem('This is no demo: it was started with SIGNALBOX_DEMO=0.');
  return graphControl({ url: emulator.url, adminToken: emulator.token });
}

async function fail(state: DemoState, name: string): Promise<string> {
  const operator = await signIn(state.url, 'operator', readSettings(process.env).password);
  const tenants = await operator.get<{ items: { id: number; externalId: string }[] }>('/v1/tenants');
  const stage: FailureStage = {
    operator,
    control: control(state),
    workerPid: state.workerPid,
    tenantId: (alias) => tenants.items.find(({ externalId }) => externalId === alias)?.id ?? 0,
  };
  const made = await failures[name]?.make(stage);
  if (made === undefined) throw new StartProblem(usage);
  return `Here ${failures[name]?.what}: ${state.url}/w/ws-default/runs/${made.runId}\nTake it back with: npm run demo -- heal`;
}

async function main([verb, name]: string[]): Promise<string> {
  const heal = verb === 'heal' && name === undefined;
  const fault =
    verb === 'fault' && name !== undefined && Object.hasOwn(faults, name) ? faults[name] : undefined;
  const failing = verb === 'fail' && name !== undefined && Object.hasOwn(failures, name) ? name : undefined;
  if (fault === undefined && failing === undefined && !heal) throw new StartProblem(usage);
  const { dataDir } = readSettings(process.env);
  const state = await readState(dataDir);
  if (state === null) {
    throw new StartProblem(
      `No demo runs on ${dataDir}. Start one with: npm start. One with another data directory is named by SIGNALBOX_DATA_DIR.`,
    );
  }
  if (fault !== undefined) return fault(state);
  if (failing !== undefined) return fail(state, failing);
  await control(state).clearFaults();
  await control(state).setConsent(contoso, true);
  await giveSecretBack(control(state));
  if (state.workerPid !== null) process.kill(state.workerPid, 'SIGCONT');
  return 'All faults are gone and contoso has consented. Check its connection to see it.';
}

try {
  process.stdout.write(`${await main(process.argv.slice(2))}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
