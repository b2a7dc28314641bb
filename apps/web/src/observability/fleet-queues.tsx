import type { FleetQueue } from '@signalbox/contracts/observability/get-fleet';
import { Link } from '@tanstack/react-router';
import { ScrollBox } from '../ui/scroll-box.tsx';

/** Counts stop here; more is `1,000+`. */
const mostCounted = 1_000;

function count(value: number): string {
  return value >= mostCounted ? `${mostCounted.toLocaleString('en')}+` : String(value);
}

function age(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Runs per minute, of those of five minutes. */
function rate(value: number): string {
  const each = value / 5;
  return each === 0 ? '0' : each < 10 ? each.toFixed(1) : Math.round(each).toLocaleString('en');
}

function Cell({ children, tone = '' }: { children: string; tone?: string }) {
  return <td className={`px-4 py-1 text-right tabular-nums ${tone}`}>{children}</td>;
}

const heads = ['Queued', 'Oldest waits', 'Retrying', 'Running', 'In / min', 'Out / min', 'Failed in 5 min'];

/** What waits for workers, by operation. */
export function FleetQueues({ queues, ws }: { queues: readonly FleetQueue[]; ws: string }) {
  if (queues.length === 0) {
    return (
      <p className="px-4 py-4 text-muted">
        Nothing waits, and nothing came or went in the last five minutes.
      </p>
    );
  }
  return (
    <ScrollBox aria-label="Table of queues" className="relative overflow-x-auto">
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">What waits for workers, and what came and went, by operation</caption>
        <thead>
          <tr className="eyebrow border-b border-line">
            <th scope="col" className="px-4 py-2 font-medium">
              Operation
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className="px-4 py-2 text-right font-medium whitespace-nowrap">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {queues.map((queue) => (
            <tr key={queue.operation} className="h-(--row) hover:bg-hover">
              <th scope="row" className="min-w-40 px-4 py-1 font-normal">
                <Link
                  to="/w/$ws/runs"
                  params={{ ws }}
                  search={{ operation: queue.operation }}
                  className="link inline-block min-h-6"
                >
                  {queue.operationLabel}
                </Link>
              </th>
              <Cell>{count(queue.depth)}</Cell>
              <Cell>{queue.oldestDueSeconds === null ? '—' : age(queue.oldestDueSeconds)}</Cell>
              <Cell>{count(queue.retrying)}</Cell>
              <Cell>{count(queue.running)}</Cell>
              <Cell>{rate(queue.begun)}</Cell>
              <Cell>{rate(queue.ended)}</Cell>
              <Cell tone={queue.failed > 0 ? 'font-medium text-stop' : ''}>{count(queue.failed)}</Cell>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
