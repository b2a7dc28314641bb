import { PanelRight } from 'lucide-react';

/** Opens the panel of a run beside the list; Space does the same for the row one is at. */
export function PeekButton({ id, onPeek }: { id: number; onPeek: (id: number) => void }) {
  return (
    <button
      type="button"
      aria-label={`Peek at run #${id}`}
      title="Look at it beside the list"
      onClick={() => onPeek(id)}
      className="inline-flex size-7 items-center justify-center rounded-md text-faint hover:bg-sunken hover:text-ink"
    >
      <PanelRight size={15} aria-hidden="true" />
    </button>
  );
}
