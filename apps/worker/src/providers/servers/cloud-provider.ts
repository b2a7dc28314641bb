import type { Cloud } from './cloud.ts';
import { createServers, toServer } from './create-servers.ts';
import type { Pace } from './pace.ts';
import { planServers } from './plan-servers.ts';
import { removeServers } from './remove-servers.ts';
import { wholeError } from './server-failure.ts';
import type { ServerProvider } from './server-provider.ts';

/**
 * The provider of servers that a cloud is. What concerns one server is reported as its failure. What concerns the whole
 * attempt is thrown: OperationFailure (credential, permission, provider down), Throttled, or the signal's reason; names
 * not reported by then are taken up by the next attempt under the same keys.
 */
export function createCloudProvider(cloud: Cloud, pace: Pace): ServerProvider {
  const telling = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw wholeError(error, cloud.label);
    }
  };
  return {
    look: (infra, signal) =>
      telling(async () => {
        const servers = await cloud.list(infra, signal);
        return servers.filter(({ leaving }) => !leaving).map(toServer);
      }),
    plan: (infra, wanted, signal) => telling(() => planServers(cloud, { infra, wanted }, signal)),
    create: (...[infra, wanted, reports, signal]) =>
      telling(() => createServers({ cloud, pace, infra, wanted, reports, signal })),
    remove: (...[infra, names, reports, signal]) =>
      telling(() => removeServers({ cloud, pace, infra, names, reports, signal })),
  };
}
