import { Status } from '../run/status.tsx';
import { Time } from '../ui/time.tsx';
import type { BulkEstimateView } from './bulk-view.ts';
import { runsWords } from './bulk-words.ts';

const head = 'eyebrow h-7 px-2';
const cell = 'h-7 px-2 text-right tabular-nums';

/** What a bulk action would do, by status, and which runs it would pass over. */
export function EstimateTable({ estimate, frozen }: { estimate: BulkEstimateView; frozen: boolean }) {
  const { byStatus, skipped, total, applies } = estimate;
  return (
    <div className="grid gap-3">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">Runs by status</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} pl-0 text-left`}>
              Status
            </th>
            <th scope="col" className={`${head} text-right`}>
              Chosen
            </th>
            <th scope="col" className={`${head} pr-0 text-right`}>
              Applies to
            </th>
          </tr>
        </thead>
        <tbody>
          {byStatus.map((row) => (
            <tr key={row.status} className="border-t border-line">
              <td className="h-7">
                <Status status={row.status} meaning="title" />
              </td>
              <td className={cell}>{row.total}</td>
              <td className={`${cell} pr-0 ${row.applies === 0 ? 'text-faint' : 'font-medium'}`}>
                {row.applies}
              </td>
            </tr>
          ))}
          <tr className="border-t border-line-strong font-medium">
            <td className="h-7">All</td>
            <td className={cell}>{total}</td>
            <td className={`${cell} pr-0`}>{applies}</td>
          </tr>
        </tbody>
      </table>
      {skipped.length > 0 && (
        <div className="text-sm">
          <h3 className="eyebrow mb-1">Will be skipped</h3>
          <ul className="grid gap-0.5 text-muted">
            {skipped.map(({ reason, count }) => (
              <li key={reason} className="flex gap-2">
                <span className="w-10 shrink-0 text-right font-medium text-ink tabular-nums">{count}</span>
                <span>{reason}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <p className="text-sm text-faint">
        {frozen ? (
          <>
            As of <Time at={estimate.at} />: runs made later are left out.
          </>
        ) : (
          <>{runsWords(total)} chosen by hand.</>
        )}{' '}
        Each run is asked again in its turn.
      </p>
    </div>
  );
}
