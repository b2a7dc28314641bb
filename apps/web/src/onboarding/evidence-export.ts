import { api } from '../client/api.ts';
import { type CsvColumn, csvTable } from '../ui/csv.ts';
import { saveFile } from '../ui/save-file.ts';

type Row = Awaited<ReturnType<typeof api.onboarding.evidence.query>>['items'][number];

/** As many are read at once. */
const limit = 200;

const columns: readonly CsvColumn<Row>[] = [
  ['id', ({ id }) => id],
  ['recorded_at', ({ recordedAt }) => recordedAt],
  ['task', ({ task }) => task],
  ['status', ({ status }) => status],
  ['reason', ({ reason }) => reason?.code],
  ['message', ({ message }) => message],
  ['run', ({ runId }) => runId],
  ['session', ({ sessionId }) => sessionId],
  ['connection', ({ connectionId }) => connectionId],
  ['payload', ({ payload }) => JSON.stringify(payload)],
];

/** Keeps all evidence of a tenant as a file, newest first. A refusal is told like any other. */
export async function exportEvidence(
  tenant: { readonly id: number; readonly externalId: string },
  form: 'json' | 'csv',
): Promise<void> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.onboarding.evidence.query({
      tenantId: tenant.id,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const name = `evidence-${tenant.externalId}.${form}`;
  if (form === 'csv') saveFile(name, [csvTable(columns, rows)], 'text/csv');
  else saveFile(name, [JSON.stringify(rows, null, 2)], 'application/json');
}
