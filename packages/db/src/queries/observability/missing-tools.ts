import { isProvider, providerTraits } from '@signalbox/domain/connection/providers';
import { workerSilentMs } from '@signalbox/domain/observability/worker-state';
import { sql } from 'drizzle-orm';
import type { WorkspaceTransaction } from '../../client/database.ts';
import { interval } from '../../client/rows.ts';

/** A program that work needs and no live worker has. */
export interface MissingTool {
  readonly tool: string;
  /** Whose connections need it, as people call it. */
  readonly provider: string;
}

/** Programs that enabled connections of the workspace need and no live worker has. Without any worker there is nothing to say. */
export async function missingTools(tx: WorkspaceTransaction): Promise<MissingTool[]> {
  const [row] = await tx.query.execute<{ workers: number; tools: string[]; providers: string[] }>(sql`
    select count(*)::int as workers,
      coalesce((select jsonb_agg(distinct tool) from workers, unnest(tools) as tool
        where stopped_at is null and last_seen_at > now() - ${interval(workerSilentMs)}), '[]') as tools,
      coalesce((select jsonb_agg(distinct provider) from connections
        where workspace_id = ${tx.workspaceId} and enabled), '[]') as providers
    from workers where stopped_at is null and last_seen_at > now() - ${interval(workerSilentMs)}`);
  if (row === undefined || row.workers === 0) return [];
  return row.providers.filter(isProvider).flatMap((provider) => {
    const { tool, label } = providerTraits[provider];
    return tool === null || row.tools.includes(tool) ? [] : [{ tool, provider: label }];
  });
}
