/** What the start gate can answer. Not a run status: an outcome belongs to a start, and a refused one leaves no run. */
export const startOutcomes = ['accepted', 'deduped', 'scope_busy', 'blocked'] as const;
export type StartOutcome = (typeof startOutcomes)[number];

export interface OutcomeView {
  readonly word: string;
  /** Before the click: what a start would answer now. */
  readonly before: string;
  readonly tone: 'gate-accepted' | 'gate-deduped' | 'gate-scope-busy' | 'gate-blocked';
}

const views: Record<StartOutcome, OutcomeView> = {
  accepted: { word: 'Accepted', before: 'A start would be accepted now', tone: 'gate-accepted' },
  deduped: {
    word: 'Deduped',
    before: 'A start would join the run that is already active',
    tone: 'gate-deduped',
  },
  scope_busy: {
    word: 'Scope busy',
    before: 'Another run holds the protected scope',
    tone: 'gate-scope-busy',
  },
  blocked: { word: 'Blocked', before: 'A start would be blocked', tone: 'gate-blocked' },
};

export function outcomeView(outcome: StartOutcome): OutcomeView {
  return views[outcome];
}
