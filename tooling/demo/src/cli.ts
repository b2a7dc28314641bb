import { graphControl } from '@signalbox/emulators/graph/control-client';
import { readSettings, StartProblem } from './settings.ts';
import { type DemoState, readState } from './state-file.ts';

const usage = `Makes trouble in the running demo, to be watched in the console.

  npm run demo -- fault throttle      the provider answers 429 to the next ten requests of contoso
  npm run demo -- fault consent       contoso's administrator takes the consent back
  npm run demo -- fault kill-worker   the worker is killed without a warning and started again
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

function control(state: DemoState) {
  return graphControl({ url: state.emulatorUrl, adminToken: state.emulatorToken });
}

async function main([verb, name]: string[]): Promise<string> {
  const heal = verb === 'heal' && name === undefined;
  const fault =
    verb === 'fault' && name !== undefined && Object.hasOwn(faults, name) ? faults[name] : undefined;
  if (fault === undefined && !heal) throw new StartProblem(usage);
  const state = await readState(readSettings(process.env).dataDir);
  if (state === null) throw new StartProblem('No demo runs here. Start one with: npm start');
  if (fault !== undefined) return fault(state);
  await control(state).clearFaults();
  await control(state).setConsent('contoso', true);
  return 'All faults are gone and contoso has consented. Check its connection to see it.';
}

try {
  process.stdout.write(`${await main(process.argv.slice(2))}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
