import type { BatchItemStatus, BatchStatus } from '@signalbox/domain/provisioning/batch-operation';
import { StatusIcon } from '../run/status-icon.tsx';
import { toneInk } from '../run/tone-ink.ts';
import { batchSigns, itemSigns } from './batch-words.ts';

const look = 'inline-flex items-center gap-1.5 font-medium whitespace-nowrap';

/** How a batch stands: shape, word and colour. */
export function BatchSign({ status, large = false }: { status: BatchStatus; large?: boolean }) {
  const { word, shape, tone, meaning } = batchSigns[status];
  return (
    <span title={meaning} className={`${look} ${toneInk[tone]} ${large ? 'text-lg' : ''}`}>
      <StatusIcon shape={shape} size={large ? 20 : 16} />
      {word}
    </span>
  );
}

/** How an operation of a batch stands. */
export function ItemSign({ status }: { status: BatchItemStatus }) {
  const { word, shape, tone, meaning } = itemSigns[status];
  return (
    <span title={meaning} className={`${look} ${toneInk[tone]}`}>
      <StatusIcon shape={shape} />
      {word}
    </span>
  );
}
