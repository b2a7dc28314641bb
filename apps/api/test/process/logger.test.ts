import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { createLogger } from '../../src/logger.ts';

function recorded() {
  const lines: string[] = [];
  return { lines, logger: createLogger('debug', { write: (line: string) => void lines.push(line) }) };
}

it('the log holds no secret of a member, a text, an address or an error', () => {
  const { lines, logger } = recorded();
  const statement = new Error('Failed query: select $1\nparams: hunter2', {
    cause: new Error('duplicate key', { cause: undefined }),
  });
  logger.error({ err: statement, requestId: 'r' }, 'request failed');
  logger.warn({ deep: { list: [{ password: 'hunter2', url: 'https://h/?token=hunter2' }] } });
  logger.info('sent password=hunter2');
  expect(lines).toHaveLength(3);
  expect(lines.join('')).not.toContain('hunter2');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ err: { message: 'duplicate key' }, requestId: 'r' });
});

it('what the server logs by itself about a request does not hold its address', async () => {
  const { lines, logger } = recorded();
  const app = Fastify({ loggerInstance: logger });
  app.get('/', (request) => {
    request.log.warn({ req: request, res: { headers: { a: 'hunter2' } } }, 'odd');
    return {};
  });
  await app.inject({ url: '/?token=hunter2' });
  await app.close();
  expect(lines.some((line) => line.includes('odd'))).toBe(true);
  expect(lines.join('')).not.toContain('hunter2');
});
