/** What a disable would mean, as the API counts it. */
export interface Impact {
  readonly isDefault: boolean;
  readonly activeRuns: number;
  readonly waitingItems: number;
  readonly onboardings: number;
  readonly otherConnections: number;
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** What a disable would mean, in sentences; what is not concerned is left out. */
export function impactSentences(impact: Impact): string[] {
  const { isDefault, activeRuns, waitingItems, onboardings, otherConnections } = impact;
  const others = counted(
    otherConnections,
    'other connection could become the default',
    'other connections could become the default',
  );
  return [
    'Nothing starts through it any more, until somebody enables it.',
    activeRuns === 0
      ? 'No run is under way.'
      : `${counted(activeRuns, 'run is under way and finishes', 'runs are under way and finish')}.`,
    ...(waitingItems === 0
      ? []
      : [
          `${counted(waitingItems, 'planned item waits for it and fails when its turn comes', 'planned items wait for it and fail when their turn comes')}.`,
        ]),
    ...(onboardings === 0
      ? []
      : [
          `${counted(onboardings, 'onboarding uses it and stops there', 'onboardings use it and stop there')}.`,
        ]),
    ...(isDefault
      ? [
          `It is the default: starts that name no connection are refused. ${otherConnections === 0 ? 'The tenant has no other.' : `${others}.`}`,
        ]
      : []),
  ];
}
