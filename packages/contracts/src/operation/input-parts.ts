import { z } from 'zod';
import { entityId } from '../shape/ids.ts';
import { key } from '../shape/text.ts';

/** The kinds of policy Signalbox captures and restores. */
export const policyKindNames = [
  'deviceConfiguration',
  'deviceCompliancePolicy',
  'configurationPolicy',
] as const;
export const policyKinds = z.enum(policyKindNames);

/** Provider ids of policies, each once. */
export const policyIds = z
  .array(key(200))
  .min(1)
  .max(5_000)
  .refine((ids) => new Set(ids).size === ids.length, { error: 'must name each policy once' });

/** Ids of backup items, each once. */
export const itemIds = z
  .array(entityId)
  .min(1)
  .max(5_000)
  .refine((ids) => new Set(ids).size === ids.length, { error: 'must name each item once' });
