import type { InfraSummary, InfraRecord as ShownInfra } from '@signalbox/contracts/provisioning/infra-record';
import type { InfraRecord } from '@signalbox/db/queries/provisioning/infras';
import type { StandingResource } from '@signalbox/db/queries/provisioning/standing-resources';
import type { Json, JsonObject } from '@signalbox/domain/gate/canonical';
import { parseInfraFile } from '@signalbox/domain/provisioning/infra-file';
import { presentHolder } from '../gate/start-outcome.ts';
import { moment, optionalMoment } from '../time.ts';

/** An infra in a list. */
export function presentInfraSummary(infra: InfraRecord, settings: string | null): InfraSummary {
  const read = settings === null ? null : parseInfraFile(settings);
  const { name, createdBy, createdAt, changedBy, changedAt, servers, taskservs, clusters, holder } = infra;
  return {
    name,
    ...(read !== null && 'settings' in read && { provider: read.settings.provider }),
    createdBy,
    createdAt: moment(createdAt),
    ...(changedBy !== null && { settingsChangedBy: changedBy }),
    ...optionalMoment('settingsChangedAt', changedAt),
    counts: { servers, taskservs, clusters },
    ...(holder !== null && { holder: presentHolder(holder) }),
  };
}

/** An infra with its settings and what stands of it. */
export function presentInfra(
  infra: InfraRecord,
  settings: string | null,
  standing: readonly StandingResource[],
): ShownInfra {
  const read = settings === null ? null : parseInfraFile(settings);
  return {
    ...presentInfraSummary(infra, settings),
    ...(settings !== null && { settings }),
    ...(read !== null && 'settings' in read && { read: readOf(read.settings) }),
    resources: standing.map(({ kind, name, provider, externalId, state, createdAt }) => ({
      kind,
      name,
      provider,
      ...(externalId !== null && { externalId }),
      facts: factsOf(state),
      since: moment(createdAt),
    })),
  };
}

function readOf({
  provider,
  servers,
  taskservs,
  clusters,
}: Extract<ReturnType<typeof parseInfraFile>, { settings: unknown }>['settings']): NonNullable<
  ShownInfra['read']
> {
  return { provider, servers: [...servers], taskservs: [...taskservs], clusters: [...clusters] };
}

/** What is known of a resource, without where a machine of ours keeps it. */
function factsOf(state: JsonObject): ShownInfra['resources'][number]['facts'] {
  const facts = Object.entries(state).flatMap(([name, value]) => {
    if (name === 'address' && typeof value === 'string' && value.startsWith('local:')) return [];
    return isFact(value) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(facts);
}

function isFact(value: Json): value is string | number | string[] {
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string');
  return typeof value === 'string' || typeof value === 'number';
}
