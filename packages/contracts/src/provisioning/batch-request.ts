import { batchOperationTypes, parallelLimits } from '@signalbox/domain/provisioning/batch-operation';
import { namePattern } from '@signalbox/domain/provisioning/names';
import { z } from 'zod';
import { clusterSpec, objectName, serverSpec } from '../operation/provisioning-inputs.ts';
import { key, line } from '../shape/text.ts';

/** The member of the configuration that each kind of operation takes. */
const memberOf = {
  server_batch: 'server_configs',
  taskserv_batch: 'taskservs',
  cluster_batch: 'clusters',
} as const satisfies Record<(typeof batchOperationTypes)[number], string>;

/** Whether no name of a list is said twice. */
const distinct = (names: readonly string[]) => new Set(names).size === names.length;
const twice = { error: 'names something twice' };
const namesOf = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

const config = {
  infra: objectName.optional().meta({ description: 'Left out, the infra that is named as the batch' }),
  server_configs: z
    .array(serverSpec)
    .min(1)
    .max(100)
    .refine((list) => distinct(namesOf(list)), twice)
    .optional(),
  taskservs: z.array(objectName).min(1).max(50).refine(distinct, twice).optional(),
  clusters: z
    .array(clusterSpec)
    .min(1)
    .max(20)
    .refine((list) => distinct(namesOf(list)), twice)
    .optional(),
};

const operationFields = {
  id: key(200).meta({ description: 'Unique within the batch', example: 'upcloud_servers' }),
  type: z.enum(batchOperationTypes),
  provider: key(100).meta({ description: 'The provider of the servers', example: 'upcloud' }),
  dependencies: z
    .array(key(200))
    .meta({ description: 'Operations that must have succeeded before this one begins' }),
};

interface Operation {
  readonly type: keyof typeof memberOf;
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}

/** The configuration holds what the kind of operation works from, and nothing that another kind would. */
function fitsType(operation: Operation, context: z.core.$RefinementCtx<Operation>): void {
  for (const [type, member] of Object.entries(memberOf)) {
    const given = operation.config?.[member] !== undefined;
    if (given === (type === operation.type)) continue;
    const message = given ? `belongs to a ${type}` : `is required for a ${type}`;
    context.addIssue({ code: 'custom', path: ['config', member], message, input: operation });
  }
}

/** One operation of a batch, as the provisioning contract takes it: what it does not know it ignores. */
export const batchOperation = z
  .object({ ...operationFields, config: z.object(config).optional() })
  .superRefine(fitsType)
  .meta({ id: 'BatchOperation' });

/** The same where unknown members are refused. The configuration is written with the keys of a settings file. */
export const strictBatchOperation = z
  .strictObject({ ...operationFields, config: z.strictObject(config).optional() })
  .superRefine(fitsType)
  .meta({ id: 'BatchOperationInput' });
export type GivenOperation = z.output<typeof batchOperation>;

/** What a batch is called: its infra is called so too, unless every operation names another one. */
export const batchName = line(100).meta({ example: 'multi_cloud_deployment' });
export const batchVersion = line(50)
  .default('1.0.0')
  .meta({ description: 'Recorded and shown, without effect' });
export const storageBackend = z
  .enum(['filesystem', 'surrealdb'])
  .default('filesystem')
  .meta({ description: 'Recorded and shown, without effect: state is always kept in PostgreSQL' });
export const parallelLimit = z
  .int()
  .min(1)
  .max(parallelLimits.most)
  .default(parallelLimits.usual)
  .meta({ description: 'The most operations that run at once' });
export const rollbackEnabled = z
  .boolean()
  .default(true)
  .meta({ description: 'Whether a failure undoes what was done, in reverse order' });

/** Whether a batch can name the infra of every operation. */
export function namesItsInfra(batch: {
  readonly name: string;
  readonly operations: readonly GivenOperation[];
}): boolean {
  return (
    namePattern.test(batch.name) || batch.operations.every(({ config: given }) => given?.infra !== undefined)
  );
}

/** What is told when it cannot. */
export const infraUnnamed = {
  path: ['name'],
  error:
    'must be the name of an infra (lower-case letters, digits, ".", "_" and "-", at most 63), or every operation must name one in its configuration',
};
