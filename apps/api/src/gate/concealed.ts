import { createHmac } from 'node:crypto';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import { derivedKeys } from '../access/derived-keys.ts';

const secrets: readonly string[] = ['clientSecret', 'secret'];

/** An input whose secret is replaced by a keyed digest: what is kept to tell two bodies apart gives no way to guess it. */
export function concealed(
  keyring: Keyring,
  input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const [key] = derivedKeys(keyring, 'idempotency');
  const fields = Object.entries(input).map(([name, value]): [string, unknown] => {
    if (!secrets.includes(name) || typeof value !== 'string') return [name, value];
    return [name, createHmac('sha256', key).update(value).digest('hex')];
  });
  return Object.fromEntries(fields);
}
