import type { Workspace } from '@signalbox/contracts/workspace/workspace';
import type { WorkspaceRecord } from '@signalbox/db/queries/workspace/workspaces';
import { moment } from '../time.ts';

/** A workspace in the words of the runs contract. */
export function presentWorkspace({ id, name, tier, createdAt }: WorkspaceRecord): Workspace {
  return { id, name, tier, created_at: moment(createdAt) };
}
