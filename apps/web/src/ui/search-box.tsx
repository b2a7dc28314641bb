import { useEffect, useRef, useState } from 'react';
import { Input } from './field.tsx';

/** How long a search rests before it is asked, ms. */
const settleMs = 250;

interface SearchBoxProps {
  /** What is found by it; its accessible name. */
  label: string;
  placeholder: string;
  /** What the address says; undefined when nothing is looked for. */
  text: string | undefined;
  /** Told once the typing rests, trimmed; undefined when nothing is left. */
  onText: (text: string | undefined) => void;
}

/** Finds by part of a name. The address has it, so a link shows the same and whatever clears it empties the box. */
export function SearchBox({ label, placeholder, text, onText }: SearchBoxProps) {
  const [typed, setTyped] = useState(text ?? '');
  const [sent, setSent] = useState(text);
  const [held, setHeld] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The address may change from elsewhere: by Back, or where the filter is cleared.
  if (held !== text) {
    setHeld(text);
    if (sent !== text) {
      setSent(text);
      setTyped(text ?? '');
    }
  }
  const type = (value: string) => {
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const wanted = value.trim() || undefined;
      setSent(wanted);
      onText(wanted);
    }, settleMs);
  };
  return (
    <Input
      type="search"
      aria-label={label}
      placeholder={placeholder}
      data-filter
      maxLength={100}
      className="h-9 w-full sm:w-64"
      value={typed}
      onChange={({ target }) => type(target.value)}
    />
  );
}
