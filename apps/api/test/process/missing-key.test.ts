import { randomBytes } from 'node:crypto';
import { parseKeyring } from '@signalbox/db/secrets/envelope';
import { testKeyringText } from '@signalbox/testing/fixtures/workspace';
import { expect, it } from 'vitest';
import { createLogger } from '../../src/logger.ts';
import { startTestApi } from '../support/test-api.ts';

it('an API that starts without a key that still seals something says so in one line, and serves', async () => {
  const lines: string[] = [];
  const logger = createLogger('error', { write: (line: string) => void lines.push(line) });
  const other = `other:${randomBytes(32).toString('base64')}`;
  const api = await startTestApi({ keyring: parseKeyring(other), logger });
  try {
    expect((await fetch(`${api.url}/livez`)).status).toBe(200);
    const told = lines.filter((line) => line.includes('envelope key'));
    expect(told.map((line) => JSON.parse(line).msg)).toEqual([
      'The envelope key test seals 1 value and is not among the keys of SIGNALBOX_KEYS.',
    ]);
    for (const key of [other, testKeyringText]) expect(told.join()).not.toContain(key.split(':')[1]);
  } finally {
    await api.close();
  }
});
