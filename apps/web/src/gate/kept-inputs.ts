/** Inputs too long for a link, by the name the link gives them. They outlive the page, not the tab. */
const kept = new Map<string, string>();
const mostKept = 20;

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The same for a page that is loaded again: the browser keeps it with the entry of its history. */
    startInput?: string;
  }
}

export function keepInput(name: string, text: string): void {
  kept.delete(name);
  kept.set(name, text);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
}

export function keptInput(name: string): string | undefined {
  return kept.get(name);
}

/** A name for a form's input, for as long as the form is open. */
export function makeInputName(): string {
  return [...crypto.getRandomValues(new Uint8Array(6))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
