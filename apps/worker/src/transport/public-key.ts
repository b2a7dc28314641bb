import ssh2 from 'ssh2';

/** The public half of a private key, as a line for `authorized_keys`; null for what is no such key. */
export function publicKeyOf(privateKey: string): string | null {
  const key = ssh2.utils.parseKey(privateKey);
  if (key instanceof Error) return null;
  return `${key.type} ${key.getPublicSSH().toString('base64')} signalbox`;
}
