import { serverProviders } from '@signalbox/domain/connection/providers';
import { namePattern, providerWordPattern } from '@signalbox/domain/provisioning/names';
import { z } from 'zod';

/** What servers, task services and clusters may be called; safe in a path and as an argument. */
export const objectName = z.string().regex(namePattern).meta({ example: 'web-01' });

const providerWord = z.string().regex(providerWordPattern);

/** A server as settings name it. */
export const serverSpec = z.strictObject({
  name: objectName,
  plan: providerWord.meta({ example: '1xCPU-2GB' }),
  zone: providerWord.meta({ example: 'de-fra1' }),
});

/** A cluster as settings name it. */
export const clusterSpec = z.strictObject({
  name: objectName,
  type: objectName.meta({ example: 'kubernetes' }),
  size: z.int().min(1).max(100),
});

/** What all work on an infra is told. The settings file was read when it was admitted; this is what it said. */
const infraWork = {
  infra: objectName.meta({ example: 'demo' }),
  settings: z
    .string()
    .max(255)
    .default('config.k')
    .meta({ description: 'The settings file, below the infra' }),
  checkMode: z.boolean().default(false).meta({ description: 'Validates and plans, and writes nothing' }),
  provider: z.enum(serverProviders),
};

/** What a check of a connection to a provider of servers is told. */
export const serverCheckInput = z.strictObject({ provider: z.enum(serverProviders) });

export const serversInput = z.strictObject({ ...infraWork, servers: z.array(serverSpec).min(1).max(100) });

export const taskservInput = z.strictObject({
  ...infraWork,
  taskservs: z.array(objectName).min(1).max(50),
  servers: z
    .array(objectName)
    // Further than one operation of a batch reaches.
    .max(20_000)
    .optional()
    .meta({ description: 'Names of the servers; left out, all of the infra' }),
});

export const clusterInput = z.strictObject({ ...infraWork, clusters: z.array(clusterSpec).min(1).max(20) });
