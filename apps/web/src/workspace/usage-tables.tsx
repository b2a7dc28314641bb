import type { UsageReport } from '@signalbox/contracts/workspace/get-usage-report';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { dayText } from './usage-model.ts';

interface RowOf {
  readonly key: string;
  readonly label: ReactNode;
  readonly runs: number;
  readonly search: {
    readonly operation: string;
    readonly after: string;
    readonly before?: string;
    readonly by?: string;
  };
}

function Table({
  title,
  head,
  rows,
  ws,
}: {
  title: string;
  head: string;
  rows: readonly RowOf[];
  ws: string;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="panel min-w-0 overflow-hidden">
      <h2 id={id} className="border-b border-line px-5 py-2.5 text-base font-semibold">
        {title}
      </h2>
      {rows.length === 0 ? (
        <p className="px-5 py-4 text-muted">Nothing was counted this month.</p>
      ) : (
        <table className="w-full text-left">
          <thead>
            <tr className="eyebrow border-b border-line">
              <th scope="col" className="px-5 py-2 font-medium">
                {head}
              </th>
              <th scope="col" className="px-5 py-2 text-right font-medium">
                Runs
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map(({ key, label, runs, search }) => (
              <tr key={key} className="hover:bg-hover">
                <th scope="row" className="px-5 py-2 font-normal wrap-anywhere">
                  {label}
                </th>
                <td className="px-5 py-2 text-right tabular-nums">
                  <Link
                    to="/w/$ws/runs"
                    params={{ ws }}
                    search={search}
                    className="link inline-block min-w-6"
                  >
                    {runs.toLocaleString('en')}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const dayMs = 86_400_000;

/** Who used how many of the month, and on which days. Each number leads to the runs it counts. */
export function UsageTables({ usage, ws }: { usage: UsageReport; ws: string }) {
  const after = `${usage.period}T00:00:00Z`;
  const operation = usage.byOperation.map((one) => one.operation).join(',') || 'deployment';
  const members = usage.byMember.map(({ name, kind, runs }) => ({
    key: `${kind} ${name}`,
    label: (
      <>
        {name} {kind === 'api_key' && <span className="text-sm text-muted">API key</span>}
      </>
    ),
    runs,
    search: { operation, after, by: name },
  }));
  const days = [...usage.byDay].reverse().map(({ day, runs }) => ({
    key: day,
    label: <time dateTime={day}>{dayText(day)}</time>,
    runs,
    search: {
      operation,
      after: `${day}T00:00:00Z`,
      before: `${new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10)}T00:00:00Z`,
    },
  }));
  return (
    <div className="grid min-w-0 items-start gap-4 sm:grid-cols-2">
      <Table title="By member" head="Who" rows={members} ws={ws} />
      <Table title="By day" head="Day (UTC)" rows={days} ws={ws} />
    </div>
  );
}
