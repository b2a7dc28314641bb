import { type InfraSettings, parseInfraFile } from '@signalbox/domain/provisioning/infra-file';
import { clusterServices } from '@signalbox/domain/provisioning/plan-cluster';
import type { WorkflowName } from '../operation/workflow-model.ts';
import type { BatchBody } from './batch-view.ts';
import type { LineProblem } from './code-mirror.ts';
import type { ResourceView } from './infra-view.ts';

/** Settings a new infra can begin with: two servers on the machine of the worker. */
export const settingsExample = `# What this infra is made of.
provider = "local"

server_configs = [
  { name = "web-01", plan = "small", zone = "local" }
  { name = "web-02", plan = "small", zone = "local" }
]

taskservs = ["nginx"]
`;

/** What is wrong with a settings file, each with its line. */
export function settingsProblems(text: string): readonly LineProblem[] {
  const read = parseInfraFile(text);
  return 'problems' in read ? read.problems : [];
}

/** "2 servers, 1 task service"; null where nothing stands. */
export function standingWords(counts: {
  servers: number;
  taskservs: number;
  clusters: number;
}): string | null {
  const words = [
    counted(counts.servers, 'server'),
    counted(counts.taskservs, 'task service'),
    counted(counts.clusters, 'cluster'),
  ].filter((word) => word !== null);
  return words.length === 0 ? null : words.join(', ');
}

function counted(count: number, noun: string): string | null {
  return count === 0 ? null : `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** A fact of something that stands, as text; empty where it is not known. */
export function factOf(resource: ResourceView, name: string): string {
  const value = resource.facts[name];
  return Array.isArray(value) ? value.join(', ') : String(value ?? '');
}

/** The servers that stand, each with the task services on it. */
export function standingServers(resources: readonly ResourceView[]) {
  const services = resources.filter(({ kind }) => kind === 'taskserv');
  return resources
    .filter(({ kind }) => kind === 'server')
    .map((server) => ({ server, services: services.filter((one) => factOf(one, 'server') === server.name) }));
}

/** Servers that the settings name and that do not stand. */
export function missingServers(
  settings: Pick<InfraSettings, 'servers'> | undefined,
  resources: readonly ResourceView[],
): InfraSettings['servers'] {
  const standing = new Set(resources.filter(({ kind }) => kind === 'server').map(({ name }) => name));
  return (settings?.servers ?? []).filter(({ name }) => !standing.has(name));
}

/** The task services that come with a worker; settings may name more. */
const supplied = [...clusterServices('kubernetes'), 'nginx', 'redis'];

interface Known {
  readonly read?: Pick<InfraSettings, 'taskservs' | 'clusters'> | undefined;
  readonly resources: readonly ResourceView[];
}

/** What a workflow can be about, by name: what the settings say and what stands, and for a new one what is supplied. */
export function thingsFor(name: WorkflowName, { read, resources }: Known): readonly string[] {
  const ofTaskserv = name.endsWith('_taskserv');
  const said = ofTaskserv ? (read?.taskservs ?? []) : (read?.clusters ?? []).map(({ type }) => type);
  const standing = resources
    .filter(({ kind }) => kind === (ofTaskserv ? 'taskserv' : 'cluster'))
    .map((one) => factOf(one, ofTaskserv ? 'service' : 'type'));
  const more = name.startsWith('create_') ? (ofTaskserv ? supplied : ['kubernetes', 'redis']) : [];
  return [...new Set([...said, ...standing, ...more])].filter((each) => each !== '').sort();
}

/** The clusters a workflow works on: those of the type in the settings, else one of three servers named as its type. */
export function clustersFor(type: string, clusters: InfraSettings['clusters']): InfraSettings['clusters'] {
  const named = clusters.filter((cluster) => cluster.type === type);
  return named.length > 0 ? named : [{ name: type, type, size: 3 }];
}

interface AskedWorkflow {
  readonly name: WorkflowName;
  readonly infra: string;
  readonly settings: InfraSettings;
  readonly thing: string;
}

/** A workflow as a batch of one, which the gate can be asked about without a start. */
export function askedBatch({ name, infra, settings, thing }: AskedWorkflow): BatchBody {
  const { provider } = settings;
  const common = { id: name, provider, dependencies: [] };
  const operation = ((): BatchBody['operations'][number] => {
    if (name === 'create_servers') {
      return { ...common, type: 'server_batch', config: { infra, server_configs: [...settings.servers] } };
    }
    if (name.endsWith('_taskserv')) {
      return { ...common, type: 'taskserv_batch', config: { infra, taskservs: [thing] } };
    }
    const clusters = clustersFor(thing, settings.clusters).map((cluster) => ({ ...cluster }));
    return { ...common, type: 'cluster_batch', config: { infra, clusters } };
  })();
  return { name: infra, operations: [operation] };
}
