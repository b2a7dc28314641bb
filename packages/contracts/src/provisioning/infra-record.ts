import { serverProviders } from '@signalbox/domain/connection/providers';
import { infraLimits } from '@signalbox/domain/provisioning/infra-file';
import { z } from 'zod';
import { scopeHolder } from '../gate/start-outcome.ts';
import { clusterSpec, objectName, serverSpec } from '../operation/provisioning-inputs.ts';
import { moment } from '../shape/time.ts';

const count = z.int().min(0);

/** An infra in a list: what is provisioned as a whole. */
export const infraSummary = z
  .object({
    name: objectName,
    provider: z
      .enum(serverProviders)
      .optional()
      .meta({ description: 'What the settings name; absent where they are not understood' }),
    createdBy: z.string(),
    createdAt: moment,
    settingsChangedBy: z.string().optional(),
    settingsChangedAt: moment.optional(),
    counts: z
      .object({ servers: count, taskservs: count, clusters: count })
      .meta({ description: 'What stands' }),
    holder: scopeHolder.optional().meta({ description: 'The run or the batch that works on it now' }),
  })
  .meta({ id: 'InfraSummary' });
export type InfraSummary = z.infer<typeof infraSummary>;

/** What was read of a settings file. */
export const infraSettings = z
  .object({
    provider: z.enum(serverProviders),
    servers: z.array(serverSpec).max(infraLimits.servers),
    taskservs: z.array(objectName).max(infraLimits.taskservs),
    clusters: z.array(clusterSpec).max(infraLimits.clusters),
  })
  .meta({ id: 'InfraSettings' });

/** An infra with its settings file and what stands of it. */
export const infraRecord = z
  .object({
    ...infraSummary.shape,
    settings: z
      .string()
      .optional()
      .meta({ description: 'The text of `config.k`; absent where there is none' }),
    read: infraSettings
      .optional()
      .meta({ description: 'What is read of it; absent where it is not understood' }),
    resources: z.array(
      z.object({
        kind: z.enum(['server', 'taskserv', 'cluster']),
        name: z.string(),
        provider: z.enum(serverProviders),
        externalId: z.string().optional(),
        facts: z
          .record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))
          .meta({ description: 'Plan, zone, role, version, members: what the last change left' }),
        since: moment,
      }),
    ),
  })
  .meta({ id: 'Infra' });
export type InfraRecord = z.infer<typeof infraRecord>;

/** The text of a settings file. */
export const settingsText = z
  .string()
  .min(1)
  .max(65_536)
  .refine((text) => text.isWellFormed() && !text.includes('\0'), {
    error: 'contains NUL or half of a surrogate pair',
  })
  .meta({
    description: 'What becomes `config.k` of the infra',
    example:
      'provider = "upcloud"\nserver_configs = [\n  { name = "web-01", plan = "1xCPU-2GB", zone = "de-fra1" }\n]\n',
  });
