import type { NextStep } from '@signalbox/contracts/gate/next-step';
import type { ProviderNextStep } from '@signalbox/contracts/provider-dispatch/outcome-parts';

/** Next steps in the words of the provider-dispatch contract. `said` is what is known beside a step's label, by its code. */
export function presentProviderSteps(
  steps: readonly NextStep[],
  said: Readonly<Record<string, string | undefined>> = {},
): ProviderNextStep[] {
  return steps.map(({ code, label, href }) => ({
    label,
    description: said[code] ?? null,
    href: href ?? null,
    actionType: code,
  }));
}
