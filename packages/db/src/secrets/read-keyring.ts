import { readFileSync } from 'node:fs';
import { type Keyring, parseKeyring } from './envelope.ts';

/** Where a process finds the envelope keys. */
export interface KeyringSource {
  /** The keys themselves. */
  readonly keys: string | undefined;
  /** A file that holds them. */
  readonly file: string | undefined;
}

/** @throws Error naming the variable that is missing or wrong, never a key */
export function readKeyring({ keys, file }: KeyringSource): Keyring {
  if (keys !== undefined && keys !== '') return parseKeyring(keys);
  if (file === undefined || file === '') {
    throw new Error('SIGNALBOX_KEYS or SIGNALBOX_KEYS_FILE must name the envelope keys.');
  }
  return parseKeyring(readText(file));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error('The file that SIGNALBOX_KEYS_FILE names cannot be read.', { cause: error });
  }
}
