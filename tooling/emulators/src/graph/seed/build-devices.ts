import type { Random } from '../random.ts';
import type { Stored } from '../world.ts';

const systems = [
  { operatingSystem: 'Windows', osVersion: '10.0.26100.2894', model: 'Latitude 7450', manufacturer: 'Dell' },
  { operatingSystem: 'Windows', osVersion: '10.0.22631.4751', model: 'ThinkPad T14', manufacturer: 'Lenovo' },
  { operatingSystem: 'iOS', osVersion: '18.2', model: 'iPhone 15', manufacturer: 'Apple' },
  { operatingSystem: 'Android', osVersion: '15', model: 'Pixel 8', manufacturer: 'Google' },
  { operatingSystem: 'macOS', osVersion: '15.2', model: 'MacBook Air', manufacturer: 'Apple' },
] as const;

/** Makes managed devices; about 84 % compliant, the rest spread over the other states Graph knows. */
export function buildDevices(input: { random: Random; count: number; nextSeq: () => number }): Stored[] {
  const { random, count, nextSeq } = input;
  const devices: Stored[] = [];
  for (let index = 0; index < count; index += 1) {
    const system = random.pick(systems);
    const roll = random.integer(100);
    const complianceState =
      roll < 84 ? 'compliant' : roll < 93 ? 'noncompliant' : roll < 97 ? 'inGracePeriod' : 'unknown';
    devices.push({
      seq: nextSeq(),
      body: {
        id: random.uuid(),
        deviceName: `${system.operatingSystem.toUpperCase().slice(0, 3)}-${String(index + 1).padStart(5, '0')}`,
        complianceState,
        managementAgent: 'mdm',
        ...system,
        lastSyncDateTime: new Date(Date.UTC(2026, 0, 5) - random.integer(14 * 1440) * 60_000).toISOString(),
      },
    });
  }
  return devices;
}
