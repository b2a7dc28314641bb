import type { OpenAPIObject } from 'trpc-to-openapi';
import { z } from 'zod';

export type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** A named shape and the named ones it refers to. Written apart: the bridge knows only what its operations take and answer. */
export function namedSchemas(named: z.ZodType): Schemas {
  const { $defs } = z.toJSONSchema(z.object({ named }), { io: 'output' });
  const text = JSON.stringify($defs).replaceAll('#/$defs/', '#/components/schemas/');
  return JSON.parse(text, (key, value) => (key === 'id' && typeof value === 'string' ? undefined : value));
}
