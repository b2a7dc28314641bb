import { type RestClient, signIn } from './rest-client.ts';
import type { HistoryOptions } from './seed-history.ts';

/** The example of the provisioning contract: servers at one cloud, then task services on them. */
const example = {
  name: 'multi_cloud_deployment',
  version: '1.0.0',
  storage_backend: 'surrealdb',
  parallel_limit: 5,
  rollback_enabled: true,
  operations: [
    {
      id: 'upcloud_servers',
      type: 'server_batch',
      provider: 'upcloud',
      dependencies: [],
      config: { server_configs: [{ name: 'web-01', plan: '1xCPU-2GB', zone: 'de-fra1' }] },
    },
    {
      id: 'aws_taskservs',
      type: 'taskserv_batch',
      provider: 'aws',
      dependencies: ['upcloud_servers'],
      config: { taskservs: ['kubernetes', 'cilium'] },
    },
  ],
};

/** One that fails over a task service nobody ships, so that what it has done is undone again. */
const failing = {
  name: 'edge_rollout',
  version: '1.0.0',
  parallel_limit: 2,
  rollback_enabled: true,
  operations: [
    {
      id: 'edge_servers',
      type: 'server_batch',
      provider: 'local',
      dependencies: [],
      config: {
        server_configs: ['edge-01', 'edge-02'].map((name) => ({ name, plan: 'small', zone: 'local' })),
      },
    },
    {
      id: 'edge_proxy',
      type: 'taskserv_batch',
      provider: 'local',
      dependencies: ['edge_servers'],
      config: { taskservs: ['nginx', 'geo-proxy'] },
    },
    {
      id: 'edge_cache',
      type: 'cluster_batch',
      provider: 'local',
      dependencies: ['edge_proxy'],
      config: { clusters: [{ name: 'edge-cache', type: 'redis', size: 2 }] },
    },
  ],
};

/**
 * Starts a batch that succeeds and one that fails and is undone, once; both are over some seconds later. Answers false
 * when there were batches already.
 */
export async function seedBatches({
  url,
  password,
}: Pick<HistoryOptions, 'url' | 'password'>): Promise<boolean> {
  const operator = await signIn(url, 'operator', password);
  const known = await operator.get<{ readonly items: readonly unknown[] }>('/v1/batches?limit=1');
  if (known.items.length > 0) return false;
  await execute(operator, example);
  await execute(operator, failing);
  return true;
}

async function execute(operator: RestClient, batch: { readonly name: string }): Promise<void> {
  const { status, body } = await operator.post<{ readonly error?: string }>('/batch/execute', batch);
  if (status !== 200) throw new Error(`The batch ${batch.name} was answered ${status}: ${body.error}`);
}
