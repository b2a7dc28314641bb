import { z } from 'zod';

/** The largest integer id a caller may name; PostgreSQL's `integer` ends here. */
export const largestId = 2_147_483_647;

/** The integer id of a run, tenant, connection and so on. Ill-formed is 400, unknown is 404. */
export const entityId = z.int().min(1).max(largestId).meta({ description: 'Integer id', example: 42 });

/** A uuid in its canonical lower-case form; upper case is accepted and folded. */
export const uid = z
  .uuid()
  .toLowerCase()
  .meta({ description: 'uuid (version 7)', example: '0198f2a0-5c1e-7d3a-9b54-0f6c2b7a9e11' });

/** A workspace id such as `ws-default`. */
export const workspaceId = z
  .string()
  .regex(/^ws-[a-z0-9][a-z0-9-]{0,60}$/)
  .meta({ description: 'Workspace id', example: 'ws-default' });
