import { createCloudProvider } from '../servers/cloud-provider.ts';
import type { Pace } from '../servers/pace.ts';
import type { ServerProvider } from '../servers/server-provider.ts';
import { createLocalCloud, type LocalCloudOptions } from './local-cloud.ts';

/** A folder is there at once, and its process a moment later. */
const pace: Pace = {
  firstLookMs: 50,
  lookCapMs: 500,
  createMs: 30_000,
  removeMs: 30_000,
  unseenMs: 0,
};

/** Servers on the machine of the worker: real files and real processes, below one folder. */
export function createLocalProvider(options: LocalCloudOptions): ServerProvider {
  return createCloudProvider(createLocalCloud(options), pace);
}
