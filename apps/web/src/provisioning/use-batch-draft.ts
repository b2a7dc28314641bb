import { useMemo, useState } from 'react';
import { useDebounced } from '../ui/use-debounced.ts';
import { type DocumentChange, editDocument, readDocument, writeDocument } from './batch-document.ts';
import { emptyBatch } from './batch-example.ts';
import { readBatch } from './batch-reading.ts';
import type { DocumentFormat } from './document-formats.ts';

/** How long typing rests before the text is read, ms. */
const restMs = 150;
const storageKey = (ws: string) => `signalbox.batch-draft.${ws}`;

function kept(ws: string): { readonly text: string; readonly format: DocumentFormat } | null {
  try {
    const { text, format } = JSON.parse(sessionStorage.getItem(storageKey(ws)) ?? 'null') ?? {};
    return typeof text === 'string' && (format === 'yaml' || format === 'json') ? { text, format } : null;
  } catch {
    return null;
  }
}

function keep(ws: string, draft: { readonly text: string; readonly format: DocumentFormat } | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(storageKey(ws));
    else sessionStorage.setItem(storageKey(ws), JSON.stringify(draft));
  } catch {
    // Without storage the document lives as long as the page.
  }
}

/** One document that form and text both write. It stays in the tab until it is started. */
export function useBatchDraft(ws: string, wanted: DocumentFormat) {
  const [state, setState] = useState(
    () => kept(ws) ?? { text: writeDocument(emptyBatch, wanted), format: wanted },
  );
  // What the form wrote is read at once, so that its controls never lag; typing is read when it rests.
  const [typing, setTyping] = useState(false);
  const rested = useDebounced(state, restMs);
  const read = typing ? rested : state;
  const draft = useMemo(() => readBatch(read.text, read.format), [read]);
  const put = (next: typeof state, typed: boolean) => {
    setState(next);
    setTyping(typed);
    keep(ws, next);
  };
  return {
    text: state.text,
    format: state.format,
    draft,
    /** Whether nothing was written yet. */
    untouched: state.text === writeDocument(emptyBatch, state.format),
    /** Whether the draft shows an older text than the editor. */
    old: read !== state,
    type: (text: string) => put({ ...state, text }, true),
    /** Changes members, or takes them out. */
    edit: (...changes: readonly DocumentChange[]) => {
      const text = changes.reduce((old, change) => editDocument(old, state.format, change), state.text);
      put({ ...state, text }, false);
    },
    write: (value: unknown) => put({ ...state, text: writeDocument(value, state.format) }, false),
    /** Writes the same document in the other form; stays as it is where it cannot be read. */
    convert: (format: DocumentFormat) => {
      const reading = readDocument(state.text, state.format);
      if (reading.ok) put({ format, text: writeDocument(reading.value, format) }, false);
      return reading.ok;
    },
    forget: () => keep(ws, null),
  };
}
