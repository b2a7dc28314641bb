import { Autocomplete } from '@base-ui/react/autocomplete';
import { useRef, useState } from 'react';
import { type FilterOffers, type Suggestion, suggest } from './filter-suggestions.ts';

interface FilterInputProps {
  offers: FilterOffers;
  placeholder: string;
  /** Applies what was typed or chosen. */
  onApply: (text: string) => void;
  /** Backspace in the empty field. */
  onBack: () => void;
}

/** The field of the filter with what can be said in it. */
export function FilterInput({ offers, placeholder, onApply, onBack }: FilterInputProps) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const highlighted = useRef<Suggestion | undefined>(undefined);
  const apply = (whole: string) => {
    if (whole.trim() !== '') onApply(whole);
    setText('');
  };
  return (
    <Autocomplete.Root
      items={suggest(text, offers)}
      mode="none"
      value={text}
      open={open}
      onOpenChange={(next, { reason }) => setOpen(next || reason === 'item-press')}
      openOnInputClick
      itemToStringValue={(item: Suggestion) => item.text}
      onItemHighlighted={(item) => {
        highlighted.current = item;
      }}
      onValueChange={(next, { reason }) => {
        if (reason !== 'item-press') {
          setText(next);
          return;
        }
        // A word alone wants its value next; a whole term is what was meant.
        if (next.endsWith(':')) setText(next);
        else {
          apply(next);
          setOpen(false);
        }
      }}
    >
      <Autocomplete.Input
        data-filter
        aria-label="Filter runs"
        placeholder={placeholder}
        spellCheck={false}
        autoCapitalize="off"
        className="h-7 min-w-40 flex-1 bg-transparent px-1 text-base outline-none placeholder:text-faint"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !(open && highlighted.current !== undefined)) {
            event.preventDefault();
            apply(text);
            setOpen(false);
          }
          if (event.key === 'Backspace' && text === '') onBack();
          if (event.key === 'Escape' && !open) event.currentTarget.blur();
        }}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={8} align="start" className="z-40 outline-none">
          <Autocomplete.Popup className="arriving panel max-h-80 w-88 max-w-[calc(100vw-2rem)] overflow-y-auto p-1 shadow-pop">
            <Autocomplete.Empty className="px-2 py-1.5 text-sm text-muted empty:hidden">
              {text.trim() === '' ? null : 'Press Enter to apply what you typed.'}
            </Autocomplete.Empty>
            <Autocomplete.List>
              {(item: Suggestion) => (
                <Autocomplete.Item
                  key={item.text}
                  value={item}
                  className="flex min-h-8 cursor-default items-baseline gap-3 rounded-sm px-2 py-1.5 text-sm outline-none data-highlighted:bg-hover"
                >
                  <span className="shrink-0 font-mono text-xs">{item.text}</span>
                  <span className="min-w-0 flex-1 truncate text-right text-muted">{item.note}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
