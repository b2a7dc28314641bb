import { z } from 'zod';

/** The connection the gate chose, or was given. */
export const providerConnectionContext = z
  .object({
    id: z.int(),
    provider: z.string().meta({ example: 'graph' }),
    label: z.string(),
  })
  .partial()
  .meta({ id: 'ProviderConnectionContext' });

/** A run by its integer id. `url` is a path of this server. */
export const runReference = z
  .object({
    id: z.int(),
    url: z.string().meta({ example: '/admin/operations/17' }),
    status: z.string().meta({ description: 'queued, running or completed' }),
  })
  .partial()
  .meta({ id: 'RunReference' });

/** Something this caller can do next. `href` is a path of the console, `actionType` the code of the step. */
export const providerNextStep = z
  .object({
    label: z.string(),
    description: z.string().nullable().optional(),
    href: z.string().nullable().optional(),
    actionType: z.string().nullable().optional(),
  })
  .meta({ id: 'ProviderNextStep' });
export type ProviderNextStep = z.infer<typeof providerNextStep>;

/** A page of the console that belongs to the answer. */
export const actionLink = z
  .object({ label: z.string(), href: z.string(), kind: z.string().nullable().optional() })
  .meta({ id: 'ActionLink' });
