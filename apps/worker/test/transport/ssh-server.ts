import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import ssh2 from 'ssh2';
import { fingerprintOf } from '../../src/transport/ssh-connection.ts';

const { Server, utils } = ssh2;

/** A real SSH server that runs what it is told by `sh -c`, as an sshd does. */
export interface TestSshServer {
  readonly port: number;
  readonly hostKey: string;
  /** Key pair of the user who may sign in. */
  readonly userKey: string;
  /** Command lines that arrived. */
  readonly lines: string[];
  /** Ends every connection, as a server that goes down does. */
  drop(): void;
  close(): Promise<void>;
}

export const user = 'deploy';
export const password = "pa'ss word";

export async function startSshServer(): Promise<TestSshServer> {
  const host = utils.generateKeyPairSync('ed25519');
  const own = utils.generateKeyPairSync('ed25519');
  const publicOf = (key: string): Buffer => {
    const parsed = utils.parseKey(key);
    if (parsed instanceof Error) throw parsed;
    return parsed.getPublicSSH();
  };
  const lines: string[] = [];
  const running = new Set<ChildProcess>();
  const connections = new Set<ssh2.Connection>();
  const server = new Server({ hostKeys: [host.private] }, (connection) => {
    connections.add(connection);
    // As an sshd does: small answers are not held back. Its types do not tell of it.
    (connection as ssh2.Connection & { setNoDelay(on: boolean): void }).setNoDelay(true);
    connection.on('error', () => undefined);
    connection.on('close', () => connections.delete(connection));
    connection.on('authentication', (asked) => {
      if (asked.username !== user) return asked.reject();
      if (asked.method === 'password' && asked.password === password) return asked.accept();
      const known = asked.method === 'publickey' && asked.key.data.equals(publicOf(own.public));
      return known ? asked.accept() : asked.reject(['publickey', 'password']);
    });
    connection.on('session', (accept) => {
      const session = accept();
      session.on('exec', (acceptExec, _reject, { command }) => {
        lines.push(command);
        const channel = acceptExec();
        const env = { PATH: process.env.PATH ?? '' };
        const child = spawn('sh', ['-c', command], { env, detached: true, stdio: 'pipe' });
        running.add(child);
        channel.on('error', () => undefined);
        child.stdin.on('error', () => undefined);
        channel.pipe(child.stdin);
        child.stdout.pipe(channel, { end: false });
        child.stderr.pipe(channel.stderr, { end: false });
        const tell = (signal: string): void => {
          try {
            process.kill(-(child.pid ?? 0), signal);
          } catch {
            // It has ended.
          }
        };
        channel.on('close', () => tell('SIGHUP'));
        session.on('signal', (_accept, _refuse, { name }) => tell(`SIG${name}`));
        child.once('close', (code, signal) => {
          running.delete(child);
          if (code === null) channel.exit(signal?.slice(3) ?? 'KILL');
          else channel.exit(code);
          channel.end();
        });
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    hostKey: fingerprintOf(publicOf(host.public)),
    userKey: own.private,
    lines,
    drop: () => {
      for (const connection of connections) connection.end();
    },
    close: async () => {
      for (const connection of connections) connection.end();
      for (const child of running) child.kill('SIGKILL');
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
