import { isObjectName } from '@signalbox/domain/provisioning/names';
import type { SafeError } from '@signalbox/domain/run/safe-error';
import type { Cloud, CloudServer, Offer } from './cloud.ts';
import type { ServerSpec } from './server-provider.ts';

/** What creating servers would change, and what the provider would refuse. */
export interface ServersPlan {
  readonly changes: readonly { readonly action: 'create' | 'keep'; readonly name: string }[];
  readonly problems: readonly { readonly name: string; readonly message: string }[];
}

/** Compares what is wanted with what is there and what can be had. Reads only. */
export async function planServers(
  cloud: Cloud,
  wish: { readonly infra: string; readonly wanted: readonly ServerSpec[] },
  signal: AbortSignal,
): Promise<ServersPlan> {
  const { infra, wanted } = wish;
  const there = (await cloud.list(infra, signal)).filter(({ leaving }) => !leaving);
  const plans = [...new Set(wanted.map(({ plan }) => plan))];
  const offer = await cloud.offer(plans, signal);
  const judged = wanted.map((spec) => {
    const existing = there.find(({ name }) => name === spec.name) ?? null;
    const problem = specProblem(spec, { existing, offer, provider: cloud.label });
    return { name: spec.name, action: existing === null ? 'create' : 'keep', problem } as const;
  });
  return {
    changes: judged.map(({ action, name }) => ({ action, name })),
    problems: judged.flatMap(({ name, problem }) =>
      problem === null ? [] : [{ name, message: problem.message }],
    ),
  };
}

/** Why a server cannot be had as it is wanted; null when it can, or when its name has it already. */
export function specProblem(
  { name, plan, zone }: ServerSpec,
  facts: {
    readonly existing: CloudServer | null;
    /** Null when nobody had to ask. */
    readonly offer: Offer | null;
    readonly provider: string;
  },
): SafeError | null {
  const { existing, offer, provider } = facts;
  // Asked here too, so that no caller can forget it: names end up in labels, names of hosts and names of folders.
  if (!isObjectName(name)) {
    const message = 'A server has a name that is none: small letters, digits, and . _ - after the first.';
    return { code: 'provider_refused', message };
  }
  if (existing !== null) {
    if (existing.plan === plan && existing.zone === zone) return null;
    const message = `${name} is there already, with plan ${existing.plan} in zone ${existing.zone}.`;
    return { code: 'conflict', message };
  }
  if (offer === null) return null;
  if (!offer.plans.has(plan))
    return { code: 'provider_refused', message: `${provider} has no plan ${plan}.` };
  if (!offer.zones.has(zone))
    return { code: 'provider_refused', message: `${provider} has no zone ${zone}.` };
  return null;
}
