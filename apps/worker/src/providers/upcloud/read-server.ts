import { memberOf } from '../http/safe-code.ts';
import { addressOf, type Reach } from '../servers/address.ts';
import type { CloudServer } from '../servers/cloud.ts';
import { labelKeys } from './server-body.ts';

/** A server as UpCloud shows it, whole or as a summary; null when it is none of ours or unreadable. */
export function readServer(body: unknown, reach: Reach): CloudServer | null {
  const externalId = memberOf(body, 'uuid');
  const plan = memberOf(body, 'plan');
  const zone = memberOf(body, 'zone');
  const labels = readLabels(body);
  const name = labels.get(labelKeys.name);
  if (typeof externalId !== 'string' || name === undefined) return null;
  if (typeof plan !== 'string' || typeof zone !== 'string') return null;
  const state = stateOf(memberOf(body, 'state'));
  const whereabouts = { ip: publicAddress(body), sandbox: labels.get(labelKeys.sandbox) ?? null };
  const progress = Number(memberOf(body, 'progress'));
  return {
    externalId,
    name,
    plan,
    zone,
    state,
    address: state === 'running' ? addressOf(whereabouts, reach) : null,
    leaving: false,
    progress: Number.isFinite(progress) ? Math.min(1, Math.max(0, progress / 100)) : null,
  };
}

/** `maintenance` is every change of state, of which the making is the one waited for here. */
function stateOf(state: unknown): CloudServer['state'] {
  if (state === 'started') return 'running';
  if (state === 'stopped') return 'stopped';
  return state === 'error' ? 'failed' : 'starting';
}

function readLabels(body: unknown): Map<string, string> {
  const found = new Map<string, string>();
  for (const label of list(memberOf(memberOf(body, 'labels'), 'label'))) {
    const key = memberOf(label, 'key');
    const value = memberOf(label, 'value');
    if (typeof key === 'string' && typeof value === 'string') found.set(key, value);
  }
  return found;
}

/** The public IPv4 address, else the public IPv6 one. */
function publicAddress(body: unknown): string | null {
  const addresses = list(memberOf(memberOf(body, 'ip_addresses'), 'ip_address'));
  const open = addresses.filter((each) => memberOf(each, 'access') === 'public');
  const best = open.find((each) => memberOf(each, 'family') === 'IPv4') ?? open[0];
  const address = memberOf(best, 'address');
  return typeof address === 'string' ? address : null;
}

/** A list, or an empty one where there is something else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
