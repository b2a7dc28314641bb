import type { JsonObject } from '../http/json.ts';
import { upcloudPlans } from './catalogue.ts';
import type { UpcloudServer, UpcloudStorage } from './world.ts';

/** A server as the list shows it: only what matters most, and no addresses. */
export function summaryOf(server: UpcloudServer): JsonObject {
  const plan = upcloudPlans.find(({ name }) => name === server.plan);
  return {
    core_number: String(plan?.core_number ?? 1),
    created: Math.floor(server.createdAt / 1000),
    hostname: server.hostname,
    labels: { label: server.labels.map((label) => ({ ...label })) },
    license: 0,
    memory_amount: String(plan?.memory_amount ?? 1024),
    plan: server.plan,
    plan_ipv4_bytes: '0',
    plan_ipv6_bytes: '0',
    state: server.state,
    tags: { tag: [] },
    title: server.title,
    uuid: server.uuid,
    zone: server.zone,
  };
}

/** A server as its own address shows it. Numbers come as text where the real service sends text. */
export function detailsOf(server: UpcloudServer, storages: UpcloudStorage[], now: number): JsonObject {
  const own = storages.filter(({ uuid }) => server.storages.includes(uuid));
  const addresses = [
    { access: 'public', address: server.publicAddress, family: 'IPv4' },
    { access: 'utility', address: server.utilityAddress, family: 'IPv4' },
  ];
  const { next } = server;
  const creating = server.state === 'maintenance' && next !== null;
  const done = creating ? (now - next.from) / Math.max(1, next.at - next.from) : 1;
  return {
    ...summaryOf(server),
    boot_order: 'disk',
    firewall: 'off',
    ip_addresses: { ip_address: addresses },
    metadata: 'yes',
    networking: {
      interfaces: {
        interface: addresses.map((address, index) => ({
          index: index + 1,
          ip_addresses: {
            ip_address: [{ address: address.address, family: address.family, floating: 'no' }],
          },
          type: address.access,
        })),
      },
    },
    nic_model: 'virtio',
    ...(creating && { progress: String(Math.min(95, Math.floor(done * 100))) }),
    remote_access_enabled: 'no',
    storage_devices: {
      storage_device: own.map((storage, index) => ({
        address: `virtio:${index}`,
        boot_disk: index === 0 ? '1' : '0',
        storage: storage.uuid,
        storage_size: storage.size,
        storage_tier: storage.tier,
        storage_title: storage.title,
        type: 'disk',
      })),
    },
    timezone: 'UTC',
    video_model: 'cirrus',
  };
}
