import { isJsonObject, type Json, type JsonObject } from '../http/json.ts';
import type { WireReply } from '../http/wire.ts';
import { upcloudPlans, upcloudTemplates, upcloudZones } from './catalogue.ts';
import { attributeError, upcloudError } from './errors.ts';
import type { UpcloudServer, UpcloudStorage } from './world.ts';

/** A server that may be made. */
export interface WantedServer {
  server: Pick<UpcloudServer, 'title' | 'hostname' | 'plan' | 'zone' | 'labels'>;
  disks: Pick<UpcloudStorage, 'title' | 'size' | 'tier'>[];
}

/** Attributes of a new server that the emulator knows; the real one knows more. */
const known = new Set([
  'hostname',
  'labels',
  'login_user',
  'metadata',
  'networking',
  'password_delivery',
  'plan',
  'simple_backup',
  'storage_devices',
  'timezone',
  'title',
  'user_data',
  'zone',
]);

/** Reads the body of `POST /1.3/server` as the service does: the server, or its refusal. */
export function readServer(body: JsonObject | undefined): WantedServer | WireReply {
  const given = body?.server;
  if (!isJsonObject(given)) return upcloudError(400, 'SERVER_MISSING', 'The request has no server.');
  const stranger = Object.keys(given).find((name) => !known.has(name));
  if (stranger !== undefined) {
    return upcloudError(400, 'UNKNOWN_ATTRIBUTE', `The attribute ${stranger} is unknown.`);
  }
  const { zone, title, hostname, plan } = given;
  if (typeof zone !== 'string') return attributeError('zone', 'MISSING');
  if (!upcloudZones.some(({ id }) => id === zone)) {
    return upcloudError(404, 'ZONE_NOT_FOUND', `The zone ${zone} does not exist.`);
  }
  if (typeof title !== 'string') return attributeError('server_title', 'MISSING');
  if (title.length < 1 || title.length > 255) return attributeError('server_title', 'INVALID');
  if (typeof hostname !== 'string') return attributeError('hostname', 'MISSING');
  if (!isHostname(hostname)) return attributeError('hostname', 'INVALID');
  if (typeof plan !== 'string' || !upcloudPlans.some(({ name }) => name === plan)) {
    return attributeError('plan', 'INVALID');
  }
  const labels = readLabels(given.labels);
  if ('status' in labels) return labels;
  const disks = readDisks(given.storage_devices, given.metadata);
  if ('status' in disks) return disks;
  return { server: { title, hostname, plan, zone, labels: labels.list }, disks: disks.list };
}

/** A name of a host: up to 128 characters, parts of up to 63 letters, digits and inner hyphens. */
function isHostname(text: string): boolean {
  return text.length <= 128 && /^(?!-)[a-z\d-]{1,63}(?<!-)(\.(?!-)[a-z\d-]{1,63}(?<!-))*$/i.test(text);
}

function readLabels(given: Json | undefined): { list: { key: string; value: string }[] } | WireReply {
  if (given === undefined) return { list: [] };
  const label = isJsonObject(given) ? given.label : undefined;
  if (!Array.isArray(label)) return attributeError('labels', 'INVALID');
  const list: { key: string; value: string }[] = [];
  for (const each of label) {
    const { key, value } = isJsonObject(each) ? each : {};
    const fine =
      typeof key === 'string' &&
      /^[!-^`-~][ -~]{1,31}$/.test(key) &&
      typeof value === 'string' &&
      value.length <= 255;
    if (!fine) return attributeError('labels', 'INVALID');
    list.push({ key, value });
  }
  return { list };
}

function readDisks(
  given: Json | undefined,
  metadata: Json | undefined,
): { list: WantedServer['disks'] } | WireReply {
  const devices = isJsonObject(given) ? given.storage_device : undefined;
  if (!Array.isArray(devices) || devices.length === 0) return attributeError('storage_devices', 'MISSING');
  const list: WantedServer['disks'] = [];
  for (const device of devices) {
    if (!isJsonObject(device)) return attributeError('storage_devices', 'INVALID');
    const { action, storage, title, size = 10, tier = 'maxiops' } = device;
    if (action !== 'clone' && action !== 'create') return attributeError('action', 'INVALID');
    if (typeof title !== 'string') return attributeError('storage_title', 'MISSING');
    if (tier !== 'maxiops' && tier !== 'standard' && tier !== 'hdd') return attributeError('tier', 'INVALID');
    const template = upcloudTemplates.find(({ uuid }) => uuid === storage);
    if (action === 'clone' && template === undefined) {
      return upcloudError(404, 'STORAGE_NOT_FOUND', 'The storage does not exist.');
    }
    if (template?.cloudInit === true && metadata !== 'yes') {
      const text = 'The template needs the metadata service to be enabled.';
      return upcloudError(400, 'METADATA_DISABLED_ON_CLOUD-INIT', text);
    }
    const number = Number(size);
    if (!Number.isInteger(number) || number < (template?.size ?? 1) || number > 4096)
      return attributeError('size', 'INVALID');
    list.push({ title, size: number, tier });
  }
  return { list };
}
