import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { GraphCall } from './graph-client.ts';
import { idOf, optionalText } from './read-page.ts';

/** Managed devices with their compliance and nothing else. Least permission: DeviceManagementManagedDevices.Read.All. */
export const managedDevices: GraphCall = {
  method: 'GET',
  version: 'v1.0',
  path: '/deviceManagement/managedDevices',
  query: { $select: 'id,complianceState', $top: '999' },
};

/** A managed device as far as it is read. */
export interface ListedDevice {
  readonly externalId: string;
  /** The provider's word, for example `compliant` or `inGracePeriod`. */
  readonly state: string;
}

/** @throws GraphFailure when the entry is no device */
export function readDevice(entry: JsonObject): ListedDevice {
  const state = optionalText(entry, 'complianceState');
  // The word is shown and counted by; anything else than a word is not known.
  return { externalId: idOf(entry), state: state !== null && /^\w{1,60}$/.test(state) ? state : 'unknown' };
}
