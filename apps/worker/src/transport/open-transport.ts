import { OperationFailure } from '../operations/failures.ts';
import type { CommandRuntime } from '../process/command-runtime.ts';
import { openLocalTransport } from './local-transport.ts';
import type { SshSettings } from './ssh-connection.ts';
import { createSshTransport } from './ssh-transport.ts';
import type { Transport } from './transport.ts';

/** What may be reached from here. */
export interface TransportSettings {
  readonly runtime: CommandRuntime;
  /** Below which folders servers of this machine may be: the one of local servers, and of emulated ones in a demo. */
  readonly roots: readonly string[];
  /** Null where the connection says nothing about SSH. */
  readonly ssh: SshSettings | null;
}

/**
 * Opens the way to a server by the address its provider gave.
 * @throws OperationFailure for an address that is none, or that leads where this worker does not go
 */
export async function openTransport(address: string | null, settings: TransportSettings): Promise<Transport> {
  if (address === null)
    throw refused('The server has no address that a script could be sent to.', 'not_found');
  if (address.startsWith('local:')) {
    const { runtime, roots } = settings;
    return openLocalTransport({ runtime, roots, folder: address.slice('local:'.length) });
  }
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'ssh:' || url.username === '' || url.hostname === '') {
    throw refused('The server has an address of a kind that is not known.', 'provider_refused');
  }
  if (settings.ssh === null || settings.ssh.hostKeys.length === 0) {
    const message =
      'The connection names no host key and no credential for SSH, so the server is not reached.';
    throw refused(message, 'credential_missing');
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? 22 : Number(url.port);
  return createSshTransport({ user: decodeURIComponent(url.username), host, port }, settings.ssh);
}

function refused(
  message: string,
  code: 'not_found' | 'provider_refused' | 'credential_missing',
): OperationFailure {
  return new OperationFailure({ code, message }, false);
}
