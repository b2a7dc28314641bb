import {
  type AutoSave,
  type AutoSaveEvent,
  afterSave,
  isUnsaved,
  openDraft,
  unsaved,
  type Values,
} from './draft-model.ts';

/** How long typing rests before it is saved, ms. */
export const restMs = 700;
/** How long a save that failed waits before it is tried again by itself, ms. */
export const againMs = 5_000;

/** What came of a save: `lost` when somebody else edits the session now. */
export type SaveAnswer =
  | { readonly kind: 'kept'; readonly draft: Values }
  | { readonly kind: 'lost' }
  | { readonly kind: 'refused'; readonly fault: string };

interface AutoSaverOptions {
  readonly draft: Values;
  /** What an earlier form of the same session could not save. */
  readonly aside?: Values | undefined;
  /** Told what is only here, after each change; null when that is nothing. */
  readonly onOpen?: (values: Values | null) => void;
  /** Writes what has changed over what the server holds. Never throws. */
  readonly save: (changes: Values) => Promise<SaveAnswer>;
  /** The server's clock, ms. */
  readonly now: () => number;
}

/** Saves what is typed by itself: a moment after the typing rests, when asked to, and again after a failure. */
export function makeAutoSaver({ draft, aside, onOpen, save, now }: AutoSaverOptions) {
  const listeners = new Set<() => void>();
  let state: AutoSave = openDraft(draft, aside);
  let underWay: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const dispatch = (event: AutoSaveEvent) => {
    state = afterSave(state, event);
    const open = { ...state.aside, ...unsaved(state) };
    onOpen?.(Object.keys(open).length === 0 ? null : open);
    for (const tell of listeners) tell();
  };
  const later = () => {
    clearTimeout(timer);
    if (underWay !== null || !isUnsaved(state)) return;
    timer = setTimeout(() => void flush(), state.fault === null ? restMs : againMs);
  };
  const send = async () => {
    const changes = unsaved(state);
    dispatch({ kind: 'sent' });
    const answer = await save(changes);
    underWay = null;
    dispatch(answer.kind === 'kept' ? { ...answer, at: now() } : answer);
    later();
  };

  /** Saves what is unsaved now. Answers whether the server has all that was typed. */
  async function flush(): Promise<boolean> {
    clearTimeout(timer);
    if (underWay !== null) await underWay;
    if (isUnsaved(state)) {
      underWay ??= send();
      await underWay;
    }
    return !isUnsaved(state) && state.fault === null;
  }

  return {
    state: () => state,
    subscribe: (tell: () => void) => {
      listeners.add(tell);
      return () => {
        listeners.delete(tell);
      };
    },
    type: (values: Values) => {
      dispatch({ kind: 'typed', values });
      later();
    },
    /** The server's draft as an answer has it, and what it keeps for us beside that. */
    arrive: (arrived: Values, kept?: Values) => {
      dispatch({ kind: 'arrived', draft: arrived, kept });
      later();
    },
    /** Somebody else edits now: what is unsaved is put aside. */
    lose: () => {
      clearTimeout(timer);
      dispatch({ kind: 'lost' });
    },
    putBack: () => {
      dispatch({ kind: 'put_back' });
      return flush();
    },
    drop: () => dispatch({ kind: 'dropped' }),
    /** Whether something typed is only here. */
    isOpen: () => underWay !== null || isUnsaved(state) || state.aside !== null,
    flush,
  };
}
