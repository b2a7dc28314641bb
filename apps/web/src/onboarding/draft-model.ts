/** What is typed in the wizard, by the name of its field. Never a secret: those go straight to their connection. */
export type Values = Readonly<Record<string, unknown>>;

/** What was typed, what of it the server has, and what is under way. Times are ms of the server's clock. */
export interface AutoSave {
  /** As the server holds it, as far as we know. */
  readonly saved: Values;
  /** As the form shows it. */
  readonly values: Values;
  /** On its way to the server. */
  readonly sending: Values | null;
  readonly savedAt: number | null;
  /** Why it was not saved, as a sentence; typing on tries again. */
  readonly fault: string | null;
  /** What one had typed when somebody else took the lock; offered back once one holds it again. */
  readonly aside: Values | null;
}

export type AutoSaveEvent =
  | { readonly kind: 'typed'; readonly values: Values }
  | { readonly kind: 'sent' }
  | { readonly kind: 'kept'; readonly draft: Values; readonly at: number }
  | { readonly kind: 'refused'; readonly fault: string }
  | { readonly kind: 'lost' }
  /** `kept` is what the server keeps for us beside the draft. */
  | { readonly kind: 'arrived'; readonly draft: Values; readonly kept?: Values | undefined }
  | { readonly kind: 'put_back' }
  | { readonly kind: 'dropped' };

/** What the line beside the form says. */
export type SaveWord = 'clean' | 'typing' | 'saving' | 'saved' | 'failed';

/** A form as it opens; `aside` is what an earlier one could not save. */
export function openDraft(saved: Values, aside: Values | null = null): AutoSave {
  const left = stillAside(aside, saved);
  return { saved, values: saved, sending: null, savedAt: null, fault: null, aside: left };
}

/** Whether two values say the same; what is empty says nothing. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? '') === JSON.stringify(other ?? '');
}

function names(...all: readonly Values[]): string[] {
  return [...new Set(all.flatMap((values) => Object.keys(values)))];
}

/** The values of `of` that `than` does not have. */
export function differing(of: Values, than: Values): Values {
  return Object.fromEntries(
    names(of, than)
      .filter((name) => !same(of[name], than[name]))
      .map((name) => [name, of[name]]),
  );
}

/** What was typed and is not known to be saved. */
export function unsaved({ values, saved }: AutoSave): Values {
  return differing(values, saved);
}

export function isUnsaved(state: AutoSave): boolean {
  return Object.keys(unsaved(state)).length > 0;
}

/** The server's draft under what is typed here: a field one has changed is never overwritten. */
function underneath({ values, saved }: AutoSave, draft: Values): Values {
  const mine = differing(values, saved);
  return Object.fromEntries(
    names(draft, values)
      .map((name) => [name, name in mine ? values[name] : draft[name]] as const)
      .filter(([, value]) => value !== undefined),
  );
}

/** What is still worth offering: nothing that the server has by now. */
function stillAside(aside: Values | null, draft: Values): Values | null {
  const rest = Object.entries(aside ?? {}).filter(([name, value]) => !same(value, draft[name]));
  return rest.length === 0 ? null : Object.fromEntries(rest);
}

/** The next state. Total: whatever comes in whatever order, nothing typed is dropped but by `dropped`. */
export function afterSave(state: AutoSave, event: AutoSaveEvent): AutoSave {
  switch (event.kind) {
    case 'typed':
      return { ...state, values: { ...state.values, ...event.values }, fault: null };
    case 'sent':
      return { ...state, sending: state.values, fault: null };
    case 'kept': {
      // What was typed while the answer was on its way differs from what was sent, and goes with the next one.
      const later = differing(state.values, state.sending ?? state.saved);
      return {
        ...state,
        saved: event.draft,
        values: { ...event.draft, ...later },
        sending: null,
        savedAt: event.at,
        aside: stillAside(state.aside, event.draft),
      };
    }
    case 'refused':
      return { ...state, sending: null, fault: event.fault };
    case 'lost': {
      const mine = unsaved(state);
      const aside = Object.keys(mine).length === 0 ? state.aside : { ...state.aside, ...mine };
      return { ...state, values: state.saved, sending: null, savedAt: null, fault: null, aside };
    }
    case 'arrived': {
      // An answer that overtook our own save would take back what is being saved.
      if (state.sending !== null) return state;
      return {
        ...state,
        values: underneath(state, event.draft),
        saved: event.draft,
        aside: stillAside(stillAside(state.aside, event.draft), event.kept ?? {}),
      };
    }
    case 'put_back':
      return { ...state, values: { ...state.values, ...state.aside }, aside: null };
    case 'dropped':
      return { ...state, aside: null };
  }
}

export function saveWord(state: AutoSave): SaveWord {
  if (state.sending !== null) return 'saving';
  if (state.fault !== null) return 'failed';
  if (isUnsaved(state)) return 'typing';
  return state.savedAt === null ? 'clean' : 'saved';
}
