import { Time } from '../ui/time.tsx';
import type { BulkView } from './bulk-view.ts';

const timeNames: ReadonlyMap<string, string> = new Map([
  ['createdAfter', 'created after'],
  ['createdBefore', 'created before'],
  ['endedAfter', 'ended after'],
  ['endedBefore', 'ended before'],
]);

const names: ReadonlyMap<string, string> = new Map([
  ['tenantId', 'tenant'],
  ['connectionId', 'connection'],
  ['initiatedBy', 'started by'],
  ['parentId', 'made from run'],
  ['q', 'named'],
]);

/** What a bulk action was made about: runs chosen one by one, or a filter with every time absolute. */
export function SelectionText({ selection }: { selection: BulkView['selection'] }) {
  const { filter } = selection;
  if (typeof filter !== 'object' || filter === null) return <>by hand</>;
  const members = Object.entries(filter);
  if (members.length === 0) return <>every run</>;
  return (
    <span className="inline-flex flex-wrap gap-x-3 gap-y-1">
      {members.map(([name, value]) => {
        const time = timeNames.get(name);
        return (
          <span key={name}>
            <span className="text-muted">{time ?? names.get(name) ?? name}</span>{' '}
            {time === undefined ? String(value).replaceAll(',', ' or ') : <Time at={String(value)} hinted />}
          </span>
        );
      })}
    </span>
  );
}
