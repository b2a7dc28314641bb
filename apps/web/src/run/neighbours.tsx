import { useRouter } from '@tanstack/react-router';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useState } from 'react';
import { faultOf } from '../client/problem-model.ts';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { toast } from '../ui/toasts.tsx';
import { readList } from './list-context.ts';
import { neighboursOf, type Way } from './neighbours-model.ts';
import { turnPage } from './neighbours-page.ts';

const group = 'This run';
const stepClass =
  'inline-flex min-h-6 items-center gap-1 rounded-sm px-1 text-sm hover:bg-hover hover:text-ink aria-disabled:opacity-55';

/** The way to the runs above and below in the list one came from, without going back to it. */
export function Neighbours({ ws, id }: { ws: string; id: number }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const list = readList(ws);
  const place = neighboursOf(list, id);

  const open = (runId: number) =>
    // The history keeps one entry for all of them, so that Back leads to the list.
    void router.navigate({
      to: '/w/$ws/runs/$runId',
      params: { ws, runId: String(runId) },
      search: ({ tab }) => (tab === undefined ? {} : { tab }),
      replace: true,
    });
  const go = async (way: Way | null | undefined) => {
    if (way == null || busy || list === null) return;
    if ('id' in way) return open(way.id);
    setBusy(true);
    try {
      const found = await turnPage(list, way);
      if (found === null) toast('The list ends here');
      else open(found);
    } catch (error) {
      toast('The list could not be read', faultOf(error).detail);
    } finally {
      setBusy(false);
    }
  };
  useShortcut({ keys: 'j', label: 'Next run of the list', group, when: place !== null }, () => {
    void go(place?.next);
  });
  useShortcut({ keys: 'k', label: 'Previous run of the list', group, when: place !== null }, () => {
    void go(place?.previous);
  });
  if (place === null) return null;
  const step = (label: string, { keys, way }: { keys: string; way: Way | null }) => (
    <button
      type="button"
      title={`${label} run of the list (${keys})`}
      aria-disabled={way === null || busy}
      onClick={() => void go(way)}
      className={stepClass}
    >
      {label === 'Previous' ? (
        <ChevronUp size={15} aria-hidden="true" />
      ) : (
        <ChevronDown size={15} aria-hidden="true" />
      )}
      {label}
    </button>
  );
  return (
    <nav aria-label="Runs of the list" className="flex flex-wrap items-center gap-x-1">
      <span className="tabular-nums">
        {place.at} of {place.of}
      </span>
      {step('Previous', { keys: 'k', way: place.previous })}
      {step('Next', { keys: 'j', way: place.next })}
    </nav>
  );
}
