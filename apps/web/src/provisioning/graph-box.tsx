import { batchItemStatuses } from '@signalbox/domain/provisioning/batch-operation';
import { Layers, TriangleAlert } from 'lucide-react';
import type { ComponentProps } from 'react';
import { StatusIcon } from '../run/status-icon.tsx';
import { toneInk } from '../run/tone-ink.ts';
import { itemSigns, operationsWord, typeWord } from './batch-words.ts';
import type { GraphBox as Box } from './graph-groups.ts';
import { boxSize } from './graph-layout.ts';

/** What a box says of itself, below its name. */
function stateOf({ items }: Box) {
  const problems = items.reduce((sum, item) => sum + (item.problems ?? 0), 0);
  if (problems > 0) {
    return (
      <span className="flex items-center gap-1.5 font-medium text-stop">
        <TriangleAlert size={14} aria-hidden="true" className="shrink-0" />
        {problems === 1 ? '1 problem' : `${problems} problems`}
      </span>
    );
  }
  const [first] = items;
  if (items.length === 1 && first !== undefined) {
    if (first.status === undefined) return <span className="text-muted">{typeWord(first.type)}</span>;
    const { word, shape, tone } = itemSigns[first.status];
    return (
      <span className={`flex items-center gap-1.5 font-medium ${toneInk[tone]}`}>
        <StatusIcon shape={shape} size={14} />
        {word}
        {first.note !== undefined && (
          <span className="font-normal text-muted tabular-nums">{first.note}</span>
        )}
      </span>
    );
  }
  const counts = batchItemStatuses.flatMap((status) => {
    const count = items.filter((item) => item.status === status).length;
    return count === 0 ? [] : [{ status, count }];
  });
  if (counts.length === 0) return <span className="text-muted">{operationsWord(items.length)}</span>;
  return (
    <span className="flex items-center gap-2.5 tabular-nums">
      {counts.map(({ status, count }) => (
        <span
          key={status}
          title={itemSigns[status].word}
          className={`flex items-center gap-1 font-medium ${toneInk[itemSigns[status].tone]}`}
        >
          <StatusIcon shape={itemSigns[status].shape} size={13} />
          {count}
          <span className="sr-only">{itemSigns[status].word}</span>
        </span>
      ))}
    </span>
  );
}

/** What a box is called. */
export function boxName({ items, group }: Box): string {
  const [first] = items;
  if (group === undefined) return first?.id || 'No id';
  const { waves, type, positions } = group;
  const span = waves[0] === waves[1] ? `Wave ${waves[0]}` : `Waves ${waves[0]} to ${waves[1]}`;
  if (positions !== undefined) return `${span}, no. ${positions[0]} to ${positions[1]}`;
  return type === undefined ? span : `${span}: ${typeWord(type).toLowerCase()}`;
}

interface GraphBoxProps extends ComponentProps<'button'> {
  box: Box;
  chosen: boolean;
  /** Whether it stands in the chain that decides the duration. */
  marked: boolean;
}

/** One box of the picture: an operation, or a group that opens. */
export function GraphBox({ box, chosen, marked, className = '', ...rest }: GraphBoxProps) {
  const wrong = box.items.some((item) => (item.problems ?? 0) > 0);
  const edge = wrong ? 'border-stop' : marked ? 'border-accent' : 'border-line-strong';
  const name = boxName(box);
  return (
    <button
      type="button"
      {...rest}
      aria-pressed={chosen}
      title={name}
      style={{ ...rest.style, width: boxSize.width, height: boxSize.height }}
      className={`absolute grid content-center gap-0.5 rounded-md border bg-surface px-3 text-left text-xs hover:bg-hover ${edge} ${marked || wrong ? 'shadow-[inset_0_0_0_1px_currentcolor]' : ''} ${wrong ? 'text-stop' : marked ? 'text-accent' : 'text-ink'} ${chosen ? 'bg-accent-soft outline-2 outline-offset-2 outline-accent' : ''} ${className}`}
    >
      <span
        className={`flex min-w-0 items-center gap-1.5 text-ink ${box.group ? 'font-medium' : 'font-mono'}`}
      >
        {box.group && <Layers size={13} aria-hidden="true" className="shrink-0 text-muted" />}
        <span className="truncate">{name}</span>
      </span>
      {stateOf(box)}
    </button>
  );
}
