import { Link, useRouter } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { HolderLink } from '../gate/holder-link.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { StepLink } from '../ui/step-link.tsx';
import { Duration, Time } from '../ui/time.tsx';
import { useMedia } from '../ui/use-media.ts';
import { ItemSign } from './batch-sign.tsx';
import type { BatchItemView, BatchView } from './batch-view.ts';
import { itemSigns, operationsWord } from './batch-words.ts';
import { itemsOfGroup, readGroup } from './graph-groups.ts';
import { canBeUndone, graphItems, namesLine } from './item-model.ts';

interface Shown {
  readonly op?: string | undefined;
  readonly status?: BatchItemView['status'] | undefined;
  readonly group?: string | undefined;
}

interface BatchItemsProps {
  batch: BatchView;
  ws: string;
  shown: Shown;
  onShow: (part: Shown) => void;
}

/** Rows that are drawn before one asks for more. */
const pageSize = 100;
const cell = 'px-(--cell) py-2 align-top';
const head = 'eyebrow h-9 px-(--cell) text-left whitespace-nowrap';

/** What an operation waits for, or what became of it. */
function Said({ item, ws }: { item: BatchItemView; ws: string }) {
  const { wait, message, becauseOf, status } = item;
  if (wait !== undefined) {
    return (
      <span className="[overflow-wrap:anywhere]">
        {wait.holder === undefined ? (
          wait.cause === 'dependencies' && wait.on !== undefined ? (
            `Waits for ${namesLine(wait.on, 3)}.`
          ) : (
            wait.sentence
          )
        ) : (
          <>
            Waits for <HolderLink holder={wait.holder} ws={ws} />, which works on the same object.
          </>
        )}{' '}
        <span className="text-faint">
          {wait.until === undefined ? (
            <>
              For <Duration from={wait.since} to={null} />
            </>
          ) : (
            <>
              Again <Time at={wait.until} />
            </>
          )}
        </span>
      </span>
    );
  }
  if (status === 'skipped' && becauseOf !== undefined) {
    return <span className="[overflow-wrap:anywhere]">Since {becauseOf} did not succeed.</span>;
  }
  if (status === 'completed' || status === 'running') return null;
  return <span className="[overflow-wrap:anywhere]">{message ?? item.reason?.text}</span>;
}

function Progress({ item: { status, progress } }: { item: BatchItemView }) {
  if (status !== 'running' || progress === undefined) return null;
  return (
    <span className="flex items-center gap-2 text-sm tabular-nums">
      <span aria-hidden="true" className="h-1 w-16 overflow-hidden rounded-full bg-sunken ring-1 ring-line">
        <span className="block h-full bg-accent" style={{ width: `${progress}%` }} />
      </span>
      {Math.floor(progress)} %
    </span>
  );
}

function Run({ item, ws }: { item: BatchItemView; ws: string }) {
  if (item.run === undefined) return <span className="text-faint">—</span>;
  return (
    <Link
      to="/w/$ws/runs/$runId"
      params={{ ws, runId: String(item.run.id) }}
      className="link inline-flex min-h-6 items-center whitespace-nowrap"
    >
      #{item.run.id}
    </Link>
  );
}

/** How much of what it changed stands, and how much was undone. */
function Changes({ item: { changes } }: { item: BatchItemView }) {
  if (changes === undefined) return <span className="text-faint">—</span>;
  const { total, undone } = changes;
  if (undone === 0) return <span className="text-muted">{total} made</span>;
  return undone === total ? (
    <span>{total === 1 ? 'Undone' : `All ${total} undone`}</span>
  ) : (
    <span>
      {undone} of {total} undone
    </span>
  );
}

function Took({ item: { startedAt, finishedAt } }: { item: BatchItemView }) {
  if (startedAt === undefined) return <span className="text-faint">—</span>;
  return <Duration from={startedAt} to={finishedAt ?? null} />;
}

interface Choice {
  /** Whether there is a page to ask for a rollback on. */
  readonly offered: boolean;
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (id: string) => void;
}

function Tick({ item, choice }: { item: BatchItemView; choice: Choice }) {
  if (!choice.offered || !canBeUndone(item)) return null;
  return (
    <label className="inline-flex size-6 items-center justify-center">
      <input
        type="checkbox"
        aria-label={`Choose ${item.id}`}
        className="size-4 accent-accent"
        checked={choice.ticked.has(item.id)}
        onChange={() => choice.onTick(item.id)}
      />
    </label>
  );
}

interface RowProps {
  item: BatchItemView;
  ws: string;
  chosen: boolean;
  choice: Choice;
}

const rowLook =
  'scroll-mt-24 aria-[current=true]:bg-accent-soft aria-[current=true]:shadow-[inset_2px_0_0_var(--accent)]';

function Row({ item, ws, chosen, choice }: RowProps) {
  return (
    <tr
      id={`op-${item.id}`}
      aria-current={chosen}
      className={`border-t border-line hover:bg-hover ${rowLook}`}
    >
      <td className={choice.offered ? `${cell} pl-3` : 'pl-1'}>
        <Tick item={item} choice={choice} />
      </td>
      <td className={cell}>
        <span className="block font-mono text-sm [overflow-wrap:anywhere]">{item.id}</span>
        <span className="block text-xs text-muted">
          {item.operationLabel} · {item.provider} · {item.infra}
        </span>
      </td>
      <td className={cell}>
        <span className="grid gap-0.5">
          <ItemSign status={item.status} />
          <Progress item={item} />
        </span>
      </td>
      <td className={`${cell} min-w-56 text-sm leading-6`}>
        <Said item={item} ws={ws} />
      </td>
      <td className={`${cell} text-sm leading-6`}>
        <Run item={item} ws={ws} />
      </td>
      <td className={`${cell} text-sm leading-6 whitespace-nowrap`}>
        <Changes item={item} />
      </td>
      <td className={`${cell} pr-4 text-right text-sm leading-6`}>
        <Took item={item} />
      </td>
    </tr>
  );
}

function Card({ item, ws, chosen, choice }: RowProps) {
  return (
    <li id={`op-${item.id}`} aria-current={chosen} className={`grid gap-1 px-4 py-3 ${rowLook}`}>
      <span className="flex items-start gap-2">
        <Tick item={item} choice={choice} />
        <span className="min-w-0 flex-1 font-mono text-sm [overflow-wrap:anywhere]">{item.id}</span>
        <ItemSign status={item.status} />
      </span>
      <span className="text-xs text-muted">
        {item.operationLabel} · {item.provider} · {item.infra}
      </span>
      <Progress item={item} />
      <span className="text-sm empty:hidden">
        <Said item={item} ws={ws} />
      </span>
      <span className="flex flex-wrap items-center gap-x-4 text-sm empty:hidden">
        {item.run !== undefined && (
          <>
            <Run item={item} ws={ws} />
            {item.changes !== undefined && <Changes item={item} />}
            <span className="ml-auto">
              <Took item={item} />
            </span>
          </>
        )}
      </span>
    </li>
  );
}

/** Where the rollback of some operations is asked for; an operation is named behind its batch. */
function RollbackBar({ batch, ws, ticked }: { batch: BatchView; ws: string; ticked: ReadonlySet<string> }) {
  const ids = batch.items.filter(({ id }) => ticked.has(id)).map(({ id }) => `${batch.id}/${id}`);
  const href = `/w/${ws}/rollback?operations=${encodeURIComponent(ids.join(','))}`;
  return (
    <div className="flex flex-wrap items-center gap-3 border-b border-line bg-accent-soft px-4 py-2 text-sm">
      <span className="font-medium">{operationsWord(ids.length)} chosen</span>
      <StepLink href={href} className={buttonClass()}>
        Roll back operations…
      </StepLink>
    </div>
  );
}

/** Every operation of a batch, wave by wave: the graph in words, with what each waits for and what became of it. */
export function BatchItems({ batch, ws, shown, onShow }: BatchItemsProps) {
  const router = useRouter();
  const narrow = useMedia('(max-width: 51.99rem)');
  const [more, setMore] = useState(pageSize);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const inGroup = new Set(itemsOfGroup(graphItems(batch.items), readGroup(shown.group)).map(({ id }) => id));
  const fitting = batch.items
    .filter(({ id, status }) => inGroup.has(id) && (shown.status === undefined || status === shown.status))
    .toSorted((a, b) => a.wave - b.wave);
  const chosenAt = fitting.findIndex(({ id }) => id === shown.op);
  const rows = fitting.slice(0, Math.max(more, chosenAt + 1));
  const choice: Choice = {
    offered: router.getMatchedRoutes(`/w/${ws}/rollback`)[2] !== undefined,
    ticked,
    onTick: (id) =>
      setTicked((old) => new Set(old.has(id) ? [...old].filter((one) => one !== id) : [...old, id])),
  };
  const filtered = shown.status !== undefined || shown.group !== undefined;
  const waves = [...new Set(rows.map(({ wave }) => wave))];
  const ofWave = (wave: number) => rows.filter((item) => item.wave === wave);
  const sizeOf = (wave: number) => batch.waves[wave - 1]?.length ?? 0;
  const props = (item: BatchItemView): RowProps => ({ item, ws, chosen: item.id === shown.op, choice });
  return (
    <section aria-labelledby="operations" className="panel min-w-0 overflow-hidden">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 border-b border-line px-4 py-1.5">
        <h2 id="operations" className="text-base font-semibold">
          Operations
        </h2>
        {filtered && (
          <>
            <span className="text-sm text-muted">
              {fitting.length} of {batch.items.length}
              {shown.status !== undefined && `, ${itemSigns[shown.status].word.toLowerCase()}`}
            </span>
            <Button look="quiet" size="small" onClick={() => onShow({ status: undefined, group: undefined })}>
              Show all
            </Button>
          </>
        )}
      </div>
      {ticked.size > 0 && <RollbackBar batch={batch} ws={ws} ticked={ticked} />}
      {rows.length === 0 ? (
        <Notice title="No operation stands so now" />
      ) : narrow ? (
        waves.map((wave) => (
          <Fragment key={wave}>
            <h3 className="eyebrow border-t border-line bg-canvas px-4 py-2 first:border-t-0">
              Wave {wave} · {operationsWord(sizeOf(wave))}
            </h3>
            <ul aria-label={`Wave ${wave}`} className="divide-y divide-line">
              {ofWave(wave).map((item) => (
                <Card key={item.id} {...props(item)} />
              ))}
            </ul>
          </Fragment>
        ))
      ) : (
        <table className="w-full border-collapse">
          <thead>
            <tr>
              {choice.offered ? (
                <th className="w-10">
                  <span className="sr-only">Choose for a rollback</span>
                </th>
              ) : (
                <td className="w-0 pl-1" />
              )}
              <th className={head}>Operation</th>
              <th className={head}>Status</th>
              <th className={head}>What it waits for, or what became of it</th>
              <th className={head}>Run</th>
              <th className={head}>Changes</th>
              <th className={`${head} pr-4 text-right`}>Duration</th>
            </tr>
          </thead>
          {waves.map((wave) => (
            <tbody key={wave}>
              <tr className="border-t border-line bg-canvas">
                <th colSpan={7} scope="rowgroup" className="eyebrow h-8 px-4 text-left">
                  Wave {wave} · {operationsWord(sizeOf(wave))}
                </th>
              </tr>
              {ofWave(wave).map((item) => (
                <Row key={item.id} {...props(item)} />
              ))}
            </tbody>
          ))}
        </table>
      )}
      {fitting.length > rows.length && (
        <div className="grid justify-items-center border-t border-line py-3">
          <Button onClick={() => setMore((old) => old + pageSize)}>
            Show {Math.min(pageSize, fitting.length - rows.length)} more
          </Button>
        </div>
      )}
    </section>
  );
}
