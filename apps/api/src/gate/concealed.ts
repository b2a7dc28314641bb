import { createHmac } from 'node:crypto';
import type { Keyring } from '@signalbox/db/secrets/envelope';
import { derivedKeys } from '../access/derived-keys.ts';

/** An input whose secret is replaced by a keyed digest: what is kept to tell two bodies apart gives no way to guess it. */
export function concealed<TInput extends { readonly clientSecret?: string | undefined }>(
  keyring: Keyring,
  input: TInput,
): TInput {
  const { clientSecret } = input;
  if (clientSecret === undefined) return input;
  const [key] = derivedKeys(keyring, 'idempotency');
  return { ...input, clientSecret: createHmac('sha256', key).update(clientSecret).digest('hex') };
}
