/** The batch of the contract's example, in its words. */
export const batchExample = {
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
} as const;

/** What stands in the editor before anything was written. */
export const emptyBatch = { name: '', parallel_limit: 5, rollback_enabled: true, operations: [] } as const;
