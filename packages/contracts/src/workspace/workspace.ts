import { tiers } from '@signalbox/domain/workspace/tiers';
import { z } from 'zod';
import { workspaceId } from '../shape/ids.ts';
import { name } from '../shape/text.ts';
import { moment } from '../shape/time.ts';

/** What people call a workspace. */
export const workspaceName = name(80).meta({ example: 'Platform team' });

/** A workspace in the words of the runs contract; the native operations speak them too. */
export const workspace = z
  .object({
    id: workspaceId,
    name: z.string(),
    tier: z.enum(tiers),
    created_at: moment,
  })
  .meta({ id: 'Workspace' });
/** The same in native words. */
export const nativeWorkspace = workspace
  .omit({ created_at: true })
  .extend({ createdAt: moment })
  .meta({ id: 'WorkspaceSettings' });
export type Workspace = z.infer<typeof workspace>;
