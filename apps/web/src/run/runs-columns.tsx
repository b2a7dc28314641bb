import type { RunSummary } from '@signalbox/contracts/run/run-summary';
import type { ReactNode } from 'react';
import { Duration, Time } from '../ui/time.tsx';
import { initiatorText } from './initiator.tsx';
import { Progress } from './progress.tsx';
import { rowNote } from './row-model.ts';
import { type ColumnName, columnNames, isColumn } from './runs-search.ts';
import { Status } from './status.tsx';

export interface RunsColumn {
  readonly label: string;
  /** Classes of the cell; the head has its own. */
  readonly className: string;
  readonly cell: (run: RunSummary) => ReactNode;
}

const none = <span className="text-faint">—</span>;

/** What each column holds. `type` carries the link to the run, so it is always there. */
export const runsColumns: Readonly<Record<ColumnName, RunsColumn>> = {
  status: {
    label: 'Status',
    className: '[&>span]:align-middle',
    cell: (run) => (
      <Status status={run.status} waitCause={run.reasonCode ?? null} note={rowNote(run)} meaning="title" />
    ),
  },
  type: { label: 'Operation', className: 'max-w-80', cell: (run) => run.operationLabel },
  tenant: {
    label: 'Tenant',
    className: 'max-w-48 truncate',
    cell: (run) => run.tenant?.externalId ?? none,
  },
  run: {
    label: 'Run',
    className: 'font-mono text-sm whitespace-nowrap text-muted',
    cell: (run) => (
      <>
        #{run.id} <span className="text-faint">{run.codename}</span>
      </>
    ),
  },
  connection: {
    label: 'Connection',
    className: 'max-w-40 truncate text-muted',
    cell: (run) => run.connection?.label ?? none,
  },
  progress: { label: 'Items', className: '', cell: (run) => <Progress counts={run.counts} /> },
  by: {
    label: 'Started by',
    className: 'max-w-40 truncate text-muted',
    cell: (run) => initiatorText(run.initiator),
  },
  created: { label: 'Created', className: 'text-muted', cell: (run) => <Time at={run.createdAt} /> },
  duration: {
    label: 'Duration',
    className: 'text-right text-muted',
    cell: (run) =>
      run.startedAt === undefined ? none : <Duration from={run.startedAt} to={run.finishedAt ?? null} />,
  },
  tags: {
    label: 'Tags',
    className: 'max-w-48 truncate text-sm text-muted',
    cell: (run) => (run.tags.length === 0 ? none : run.tags.join(', ')),
  },
};

/** What is shown when nobody chose. */
export const defaultColumns: readonly ColumnName[] = [
  'status',
  'type',
  'tenant',
  'run',
  'progress',
  'by',
  'created',
  'duration',
];

/** The columns a search asks for, in its order; the one with the link is never missing. */
export function columnsIn(cols: string | undefined): ColumnName[] {
  const asked = cols?.split(',').filter(isColumn) ?? [];
  if (asked.length === 0) return [...defaultColumns];
  return asked.includes('type') ? asked : ['type', ...asked];
}

/** The columns as the URL says them; nothing for the usual ones. */
export function columnsText(columns: readonly ColumnName[]): string | undefined {
  const text = columns.join(',');
  return text === defaultColumns.join(',') ? undefined : text;
}

/** The columns that are not shown, in the order they are offered. */
export function hiddenColumns(columns: readonly ColumnName[]): ColumnName[] {
  return columnNames.filter((name) => !columns.includes(name));
}
