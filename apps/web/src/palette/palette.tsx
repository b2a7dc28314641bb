import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useRouter } from '@tanstack/react-router';
import { Bookmark, Building2, CornerDownLeft, Search, Zap } from 'lucide-react';
import { useState } from 'react';
import { PlaceSign } from '../app/place-sign.tsx';
import { type Entry, type EntryGroup, matchingGroups } from './entries.ts';
import { parseTarget, type Target } from './target.ts';
import { useDeeds } from './use-deeds.ts';
import { useRuns, useThings } from './use-things.ts';

function Sign({ icon }: { icon: Entry['icon'] }) {
  if (icon === 'deed') return <Zap size={16} aria-hidden="true" />;
  if (icon === 'tenant') return <Building2 size={16} aria-hidden="true" />;
  if (icon === 'view') return <Bookmark size={16} aria-hidden="true" />;
  return <PlaceSign icon={icon} size={16} />;
}

/** What a pasted address or id of another thing than a run leads to. */
function useAddressed(ws: string, target: Target | null): Entry[] {
  const { history } = useRouter();
  if (target === null || target.kind === 'run') return [];
  const path = target.kind === 'path' ? target.path : `/w/${ws}/${target.page}/${target.id}`;
  return [{ id: path, label: 'Open', note: path, icon: 'runs', act: () => history.push(path) }];
}

function Line({ entry, onChosen }: { entry: Entry; onChosen: () => void }) {
  const { refused } = entry;
  return (
    <Autocomplete.Item
      value={entry}
      disabled={refused !== undefined}
      onClick={() => {
        onChosen();
        entry.act();
      }}
      className="flex min-h-9 cursor-default items-center gap-3 rounded-md px-3 py-1 outline-none data-disabled:text-muted data-highlighted:bg-accent-soft data-highlighted:outline-1 data-highlighted:-outline-offset-1 data-highlighted:outline-accent"
    >
      <span className="shrink-0 text-faint">
        <Sign icon={entry.icon} />
      </span>
      <span className="min-w-0 shrink-0 max-w-[60%] truncate">{entry.label}</span>
      <span className="min-w-0 flex-1 truncate text-right text-sm text-muted">{refused ?? entry.note}</span>
    </Autocomplete.Item>
  );
}

function Nothing({ typed, target, isLooking }: { typed: string; target: Target | null; isLooking: boolean }) {
  if (isLooking) return 'Looking…';
  if (target?.kind === 'run') return `There is no run ${target.q}, or none you may see.`;
  return `Nothing here is called “${typed.trim().slice(0, 60)}”.`;
}

/** Opens any page, thing or run by its name, id or address, and does what can be done from anywhere. */
export function Palette({ ws, onClose }: { ws: string; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const target = parseTarget(typed, location.origin);
  const addressed = useAddressed(ws, target);
  const runs = useRuns(ws, target);
  const deeds = useDeeds(ws);
  const things = useThings(ws);
  const named = matchingGroups(typed.trim() === '' ? deeds : [...deeds, ...things], typed);
  const found: EntryGroup[] = [
    ...(addressed.length > 0 ? [{ value: 'Address', items: addressed }] : []),
    ...(target?.kind === 'run' || typed.trim() === '' ? [runs.group] : []),
    ...named,
  ].filter(({ items }) => items.length > 0);

  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          aria-label="Search or go to"
          className="arriving panel fixed top-[max(1rem,10dvh)] left-1/2 z-50 flex max-h-[min(34rem,80dvh)] w-160 max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col overflow-hidden shadow-pop outline-none"
        >
          <Autocomplete.Root
            inline
            open
            items={found}
            filter={null}
            autoHighlight="always"
            keepHighlight
            value={typed}
            onValueChange={(next, { reason }) => {
              // Choosing an entry would write its name into the field.
              if (reason !== 'item-press') setTyped(next);
            }}
            itemToStringValue={({ label }: Entry) => label}
          >
            <div className="flex items-center gap-3 border-b border-line px-4">
              <Search size={17} aria-hidden="true" className="shrink-0 text-faint" />
              <Autocomplete.Input
                aria-label="Page, thing, id or address"
                placeholder="Page, tenant, operation, run id, or a pasted address"
                maxLength={2_000}
                className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
              />
              <Dialog.Close className="kbd h-6! px-1.5!" aria-label="Esc, close">
                Esc
              </Dialog.Close>
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5">
              <Autocomplete.Empty className="px-3 py-6 text-muted empty:hidden">
                <Nothing typed={typed} target={target} isLooking={runs.isLooking} />
              </Autocomplete.Empty>
              <Autocomplete.List aria-label="Found">
                {(group: EntryGroup) => (
                  <Autocomplete.Group key={group.value} items={group.items} className="pb-1">
                    <Autocomplete.GroupLabel className="eyebrow px-3 pt-2 pb-1">
                      {group.value}
                    </Autocomplete.GroupLabel>
                    <Autocomplete.Collection>
                      {(entry: Entry) => <Line key={entry.id} entry={entry} onChosen={onClose} />}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </div>
            <p className="flex items-center gap-2 border-t border-line px-4 py-2 text-sm text-faint">
              <CornerDownLeft size={14} aria-hidden="true" /> opens what is marked
            </p>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
