import { ArrowUp } from 'lucide-react';

interface NewRunsPillProps {
  /** How many of them the filter would show. */
  count: number;
  /** There are more than were counted. */
  more: boolean;
  onShow: () => void;
}

/** Says that newer runs wait, without moving what is being read. */
export function NewRunsPill({ count, more, onShow }: NewRunsPillProps) {
  if (count === 0) return null;
  const show = () => {
    onShow();
    scrollTo({ top: 0 });
  };
  return (
    <div className="pointer-events-none sticky top-16 z-20 flex h-0 justify-center">
      <button
        type="button"
        onClick={show}
        className="arriving pointer-events-auto -mt-4 inline-flex h-8 items-center gap-1.5 rounded-full bg-accent px-3.5 text-sm font-medium text-on-accent shadow-pop hover:bg-accent-strong"
      >
        <ArrowUp size={15} aria-hidden="true" />
        {count === 1 && !more ? '1 new run' : `${count}${more ? '+' : ''} new runs`}
      </button>
    </div>
  );
}
