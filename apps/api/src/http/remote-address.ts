import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/**
 * Where a request came from. It is the socket's address, unless that is a declared proxy: then it is the last entry of
 * X-Forwarded-For that no declared proxy is, and what stands left of it is not believed. Something that is no address
 * counts as not written. IPv4 is always written as such, also over an IPv6 listener.
 */
export function remoteAddress(request: Pick<FastifyRequest, 'ips' | 'socket'>): string {
  const way = request.ips ?? [request.socket.remoteAddress ?? ''];
  return way.map(plain).findLast((address) => isIP(address) !== 0) ?? '';
}

const named = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** Whether a text names proxies: addresses, networks as `10.0.0.0/8`, or `loopback`, `linklocal`, `uniquelocal`. */
export function namesProxies(text: string): boolean {
  return text.split(',').every((part) => {
    const [address = '', length, ...more] = part.trim().split('/');
    if (length === undefined) return named.has(address) || isIP(address) !== 0;
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    return more.length === 0 && /^[1-9]\d{0,2}$/.test(length) && Number(length) <= most;
  });
}

/**
 * What limits count by: an IPv4 address, or the /64 of an IPv6 one, since whoever has one address of it has all of
 * them. Anything else is itself.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = withoutZone(address).split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  // A dotted end stands for two groups.
  const given = before.length + after.length + (address.includes('.') ? 1 : 0);
  const gap = tail === undefined ? [] : Array<string>(Math.max(0, 8 - given)).fill('0');
  const network = [...before, ...gap, ...after].slice(0, 4).map((group) => Number.parseInt(group, 16));
  return `${network.map((group) => group.toString(16)).join(':')}::/64`;
}

function plain(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? withoutZone(address);
}

/** `fe80::1%eth0` names an interface of this machine as well, which is nobody's business. */
function withoutZone(address: string): string {
  return address.split('%')[0] ?? address;
}
