import { createHash } from 'node:crypto';
import { Client, type ConnectConfig } from 'ssh2';
import { OperationFailure } from '../operations/failures.ts';

/** Who signs in, and by which keys the server is known. */
export interface SshSettings {
  /** Fingerprints of the host keys that are accepted, as `ssh-keygen -l` shows them: `SHA256:…`. At least one. */
  readonly hostKeys: readonly string[];
  /** One of the two; both come from the sealed credential. */
  readonly privateKey?: string;
  readonly passphrase?: string;
  readonly password?: string;
  /** Where everything lies on the server; `/var/lib/signalbox` unless said. */
  readonly directory?: string;
}

export interface SshTarget {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}

/** The fingerprint of a host key, as `ssh-keygen -l` shows it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/**
 * Connects and signs in.
 * @throws OperationFailure: another host key or a refused credential for good, everything else to be tried again
 */
export function connect(target: SshTarget, settings: SshSettings, signal: AbortSignal): Promise<Client> {
  signal.throwIfAborted();
  const { privateKey, passphrase, password } = settings;
  let strange = false;
  const config: ConnectConfig = {
    host: target.host,
    port: target.port,
    username: target.user,
    readyTimeout: 20_000,
    keepaliveInterval: 10_000,
    keepaliveCountMax: 3,
    hostVerifier: (key: Buffer) => {
      strange = !settings.hostKeys.includes(fingerprintOf(key));
      return !strange;
    },
    ...(privateKey !== undefined && { privateKey }),
    ...(passphrase !== undefined && { passphrase }),
    ...(password !== undefined && { password }),
  };
  return new Promise((resolve, reject) => {
    const client = new Client();
    const onAbort = (): void => {
      client.destroy();
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    client.once('ready', () => {
      signal.removeEventListener('abort', onAbort);
      // Many small questions, each of which waits for its answer.
      client.setNoDelay(true);
      resolve(client);
    });
    // Kept for the life of the connection: what is under way learns of an error by the end of its channel.
    client.on('error', (error) => {
      signal.removeEventListener('abort', onAbort);
      reject(connectFailure(error, strange));
    });
    try {
      client.connect(config);
    } catch (error) {
      // The only thing that is judged before anything is sent is the private key.
      signal.removeEventListener('abort', onAbort);
      reject(
        connectFailure(Object.assign(new Error(), { cause: error, level: 'client-authentication' }), false),
      );
    }
  });
}

function connectFailure(error: Error & { level?: string }, strange: boolean): OperationFailure {
  if (strange) {
    const message =
      'The server showed another host key than the connection names, so nothing was sent to it.';
    return new OperationFailure({ code: 'provider_refused', message }, false);
  }
  if (error.level === 'client-authentication') {
    const message = 'The server did not accept the credential for signing in over SSH.';
    return new OperationFailure({ code: 'credential_invalid', message }, false);
  }
  return unreachable();
}

export function unreachable(): OperationFailure {
  const message = 'The server could not be reached over SSH, or the connection broke.';
  return new OperationFailure({ code: 'provider_unavailable', message }, true);
}
