import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartProblem } from './settings.ts';

/** Fails with a message that names the port when something else listens on it. */
export async function requireFreePort(port: number): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port);
    await once(probe, 'listening');
  } catch {
    throw new StartProblem(
      `Port ${port} is in use. Choose another one, for example: PORT=${port + 10} npm start`,
    );
  } finally {
    probe.close();
  }
}

/** A port nobody listens on now. */
export async function anyFreePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
