import { createLocalProvider } from '../../../src/providers/local/local-provider.ts';
import { reports } from './support.ts';

/** Makes servers and removes the last of them, over and over, as a worker does, to be killed by a test. */
const [root = '', ...names] = process.argv.slice(2);
const provider = createLocalProvider({ root, workspace: 'ws-1', sh: '/bin/sh' });
const wanted = names.map((name) => ({ name, plan: 'small', zone: 'local' }));
const never = new AbortController().signal;
process.stdout.write('ready\n');
for (;;) {
  await provider.create('killed', wanted, reports(), never);
  await provider.remove('killed', names.slice(-1), reports(), never);
}
