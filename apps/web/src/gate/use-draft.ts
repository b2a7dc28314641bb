import { useRouter } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import type { SchemaField } from '../operation/schema-model.ts';
import { type Draft, draftText, fitsLink, openDraft } from './draft-model.ts';
import { keepInput, keptInput, makeInputName } from './kept-inputs.ts';
import { placeOf, type StartSearch } from './start-search.ts';

/** How long typing rests before the link follows it, ms. */
const restMs = 300;

interface DraftOptions {
  readonly search: StartSearch;
  readonly fields: readonly SchemaField[];
  /** What a draft begins with where the link says nothing of it. */
  readonly initial: Readonly<Record<string, unknown>>;
}

/**
 * What is typed into the form. The link follows it, so that it survives a reload, a session that ended, and a person
 * who goes away and comes back. `revision` changes when the draft was replaced and controls must begin anew.
 */
export function useDraft({ search, fields, initial }: DraftOptions) {
  const router = useRouter();
  const [name] = useState(makeInputName);
  const place = placeOf(search);
  const open = () => {
    const long =
      search.draft === undefined
        ? undefined
        : (keptInput(search.draft) ?? router.state.location.state.startInput);
    return {
      place,
      revision: 0,
      draft: openDraft(search.input ?? long, search.view, initial),
      lost: search.draft !== undefined && long === undefined,
    };
  };
  const [kept, setKept] = useState(open);
  let now = kept;
  // Another operation, tenant or object is another draft, wherever the link to it was.
  if (kept.place !== place) {
    now = { ...open(), revision: kept.revision + 1 };
    setKept(now);
  }
  const { draft, revision, lost } = now;

  /** How a link says this draft; what is too long for one is kept beside it. */
  const inLink = (of: Draft) => {
    const text = draftText(of, fields, initial);
    const fitting = text === null || fitsLink(text);
    if (!fitting) keepInput(name, text);
    const view = of.text === null ? undefined : ('json' as const);
    return { input: fitting ? (text ?? undefined) : undefined, draft: fitting ? undefined : name, view };
  };
  const save = () => {
    // Never pulls back a person who has gone on to another page.
    if (router.history.location.pathname !== router.state.location.pathname) return;
    const said = inLink(draft);
    const long = said.draft === undefined ? undefined : keptInput(said.draft);
    const same = said.input === search.input && said.draft === search.draft && said.view === search.view;
    if (same && router.state.location.state.startInput === long) return;
    void router.navigate({
      to: '.',
      search: (old: StartSearch) => (placeOf(old) === place ? { ...old, ...said } : old),
      state: ({ startInput: _, ...rest }) => (long === undefined ? rest : { ...rest, startInput: long }),
      replace: true,
      resetScroll: false,
    });
  };
  const saveLater = useEffectEvent(save);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the draft is what sets the time off
  useEffect(() => {
    const timer = setTimeout(() => saveLater(), restMs);
    return () => clearTimeout(timer);
  }, [draft]);

  return {
    draft,
    revision,
    /** The link names a long input that this tab does not have. */
    lost,
    change: (next: Draft) => setKept({ place, draft: next, revision, lost: false }),
    replace: (next: Draft) => setKept({ place, draft: next, revision: revision + 1, lost: false }),
    /** Lets the link follow at once. */
    save,
    inLink,
  };
}

export type DraftHandle = ReturnType<typeof useDraft>;
