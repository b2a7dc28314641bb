import { ForeignAnswer } from '../client/foreign-answer.ts';
import { saveFile } from '../ui/save-file.ts';

/** Fetches the whole log with its seals and keeps it as a file. A refusal is told like any other. */
export async function exportAudit(ws: string): Promise<void> {
  const response = await fetch('/v1/audit/export', { headers: { 'x-workspace-id': ws } });
  if (!response.ok) throw new ForeignAnswer(response.status, await response.json());
  saveFile(`audit-${ws}.ndjson`, [await response.blob()], 'application/x-ndjson');
}
