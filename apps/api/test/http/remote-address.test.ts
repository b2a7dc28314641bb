import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { namesProxies, networkOf, remoteAddress } from '../../src/http/remote-address.ts';

async function seen(
  proxies: string | false,
  forwarded: readonly string[],
  remote = '10.0.0.1',
): Promise<string> {
  const app = Fastify({ trustProxy: proxies });
  app.get('/', (request, reply) => reply.send(remoteAddress(request)));
  const headers = forwarded.length === 0 ? {} : { 'x-forwarded-for': forwarded.join(', ') };
  const answer = await app.inject({ url: '/', headers, remoteAddress: remote });
  await app.close();
  return answer.body;
}

describe('the address of a caller', () => {
  it('is the socket, whatever a header says, as long as no proxy is declared', async () => {
    expect(await seen(false, ['203.0.113.9'])).toBe('10.0.0.1');
  });

  it('is the socket, whatever a header says, for who does not come through a declared proxy', async () => {
    expect(await seen('192.0.2.1', ['203.0.113.9'])).toBe('10.0.0.1');
  });

  it('is what the declared proxies wrote, and never what stands left of it', async () => {
    expect(await seen('10.0.0.1', ['203.0.113.9'])).toBe('203.0.113.9');
    expect(await seen('10.0.0.1', ['198.51.100.1', '203.0.113.9'])).toBe('203.0.113.9');
    expect(await seen('10.0.0.0/8', ['198.51.100.1', '203.0.113.9', '10.0.0.2'])).toBe('203.0.113.9');
  });

  it('is the last proxy where the header is missing or holds no address', async () => {
    expect(await seen('10.0.0.0/8', [])).toBe('10.0.0.1');
    expect(await seen('10.0.0.0/8', ["' or 1=1 --"])).toBe('10.0.0.1');
    expect(await seen('10.0.0.0/8', ['203.0.113.9', 'unknown', '10.0.0.2'])).toBe('10.0.0.2');
  });

  it('is written in one way for IPv4, and without an interface', async () => {
    expect(await seen(false, [], '::ffff:192.0.2.4')).toBe('192.0.2.4');
    expect(await seen(false, [], 'fe80::1%eth0')).toBe('fe80::1');
  });
});

it('proxies are named by address, network or word', () => {
  for (const text of ['127.0.0.1', '::1', '10.0.0.0/8, 192.0.2.1', 'loopback,uniquelocal', 'fd00::/8']) {
    expect(namesProxies(text), text).toBe(true);
  }
  for (const text of [
    '',
    '1',
    'true',
    '*',
    'proxy.example',
    '10.0.0.0/33',
    '10.0.0.0/0',
    '10.0.0.0/8/8',
    '::/129',
  ]) {
    expect(namesProxies(text), text).toBe(false);
  }
});

describe('limits count', () => {
  it.each([
    ['192.0.2.4', '192.0.2.4'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.4', '64:ff9b:0:0::/64'],
    ['1:2:3:4:5:6:192.0.2.4', '1:2:3:4::/64'],
    ['', ''],
  ])('%s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
