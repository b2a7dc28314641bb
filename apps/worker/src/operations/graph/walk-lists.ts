import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { OnboardingTask } from '@signalbox/domain/onboarding/tasks';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import { observeSuccess } from './observe.ts';
import type { GraphSession } from './session.ts';
import { sumOf, type WalkSums } from './walk-list.ts';

/** The lists that one sync reads, one after the other. */
export interface Lists<Name extends string> {
  readonly task: OnboardingTask;
  readonly names: readonly Name[];
  /** What the list holds, in words that follow a number. */
  readonly words: Readonly<Record<Name, string>>;
  walk(name: Name, so: { readonly before: number; readonly final: boolean }): Promise<WalkSums | null>;
}

/** Reads every list, says what they held, and keeps it as evidence: a warning where the provider refused some. */
export async function walkLists<Name extends string>(
  { context }: GraphSession,
  { task, names, words, walk }: Lists<Name>,
): Promise<WorkResult> {
  const sums: WalkSums[] = [];
  const seen: Record<string, number> = {};
  const refused: Name[] = [];
  for (const name of names) {
    await context.log('info', `Reading the ${words[name]}.`);
    const before = sums.reduce((total, list) => total + list.seen, 0);
    const list = await walk(name, { before, final: name === names.at(-1) });
    if (list === null) refused.push(name);
    else {
      sums.push(list);
      seen[name] = list.seen;
    }
  }
  const total = sumOf(sums);
  const output: JsonObject = { ...total, ...seen, ...(refused.length > 0 && { refused }) };
  context.setOutput(output);
  const held = names.filter((name) => !refused.includes(name)).map((name) => `${seen[name]} ${words[name]}`);
  const said = `${list(held)} seen: ${total.added} added, ${total.changed} changed, ${total.removed} removed.`;
  const message =
    refused.length === 0
      ? said
      : `${said} The provider refused the ${list(refused.map((name) => words[name]))}.`;
  await context.log(refused.length === 0 ? 'info' : 'warning', message);
  await observeSuccess(context, task, {
    message,
    payload: output,
    ...(refused.length > 0 && { status: 'warn', reason: 'provider_refused' }),
  });
  return { kind: 'done' };
}

/** `a`, `a and b`, `a, b and c`. */
function list(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
