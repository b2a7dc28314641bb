import { keyStatuses } from '@signalbox/domain/access/api-key';
import { capabilities } from '@signalbox/domain/access/capabilities';
import { z } from 'zod';
import { key, name } from '../shape/text.ts';
import { moment } from '../shape/time.ts';

/** The public part of a key: what stands between the two `_`. Unknown is 404. */
export const apiKeyId = key(64).meta({ description: 'The public part of the key', example: '7Zk2pQx9aLm' });

/** What a key is called: by its program, rather than by a person. */
export const apiKeyName = name(60).meta({ example: 'nightly captures' });

/** A key without what it could be used with. */
export const apiKey = z
  .object({
    id: z.string().meta({ description: 'The public part of the key', example: '7Zk2pQx9aLm' }),
    name: z.string().meta({ example: 'nightly captures' }),
    hint: z.string().meta({ description: 'Its last four characters', example: '4fQz' }),
    status: z.enum(keyStatuses),
    capabilities: z.array(z.enum(capabilities)),
    mayActFor: z
      .boolean()
      .meta({ description: 'Whether `X-User-Id` or `X-Actor` may name a member for whom it acts' }),
    createdBy: z.string(),
    createdAt: moment,
    expiresAt: moment.optional().meta({ description: 'Absent for a key that ends when it is revoked' }),
    previousUntil: moment
      .optional()
      .meta({ description: 'Until when the secret before the last rotation works as well' }),
    lastUsedAt: moment.optional().meta({ description: 'Noted at most once a minute' }),
    lastUsedFrom: z.string().optional().meta({ description: 'The address it was last used from' }),
    revokedAt: moment.optional(),
    revokedBy: z.string().optional(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKey>;

/** A key at the only moment it is shown. */
export const shownApiKey = apiKey
  .extend({
    key: z.string().meta({
      description: 'The whole key. It is shown once and kept nowhere: only a hash of its secret is.',
      example: 'sbx_7Zk2pQx9aLm_...4fQz',
    }),
  })
  .meta({ id: 'ShownApiKey' });
export type ShownApiKey = z.infer<typeof shownApiKey>;
