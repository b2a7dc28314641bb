import {
  clusterInput,
  serversInput,
  taskservInput,
} from '@signalbox/contracts/operation/provisioning-inputs';
import { operations } from '@signalbox/domain/operation/registry';
import {
  type ClusterAction,
  clusterServices,
  planClusters,
} from '@signalbox/domain/provisioning/plan-cluster';
import { planServers, planServices, type ServiceWish } from '@signalbox/domain/provisioning/plan-work';
import { smallestServer } from '@signalbox/domain/provisioning/work';
import { defineOperation, type Operation } from '../operation.ts';
import { checkServers } from './check-servers.ts';
import { provision } from './provision.ts';
import { rollback } from './rollback.ts';
import type { ProvisioningSettings } from './session.ts';

/** Everything that is done to an infra. */
export function provisioningOperations(settings: ProvisioningSettings): readonly Operation[] {
  return [
    checkServers(settings),
    rollback(settings),
    createServers(settings),
    taskservOperation(settings, 'create_taskserv', 'install'),
    taskservOperation(settings, 'delete_taskserv', 'delete'),
    taskservOperation(settings, 'restart_taskserv', 'restart'),
    taskservOperation(settings, 'configure_taskserv', 'configure'),
    clusterOperation(settings, 'create_cluster', 'create'),
    clusterOperation(settings, 'delete_cluster', 'delete'),
    clusterOperation(settings, 'scale_cluster', 'scale'),
    clusterOperation(settings, 'upgrade_cluster', 'upgrade'),
  ];
}

function createServers(settings: ProvisioningSettings): Operation {
  const { name, retry } = operations.create_servers;
  return defineOperation({
    name,
    retry,
    parseInput: (input) => serversInput.parse(input),
    perform: (context, { servers, ...work }) =>
      provision(context, settings, { ...work, retry, plan: () => planServers(servers) }),
  });
}

function taskservOperation(
  settings: ProvisioningSettings,
  operation: `${string}_taskserv` & keyof typeof operations,
  action: ServiceWish['action'],
): Operation {
  const { name, retry } = operations[operation];
  return defineOperation({
    name,
    retry,
    parseInput: (input) => taskservInput.parse(input),
    perform: (context, { taskservs, servers = null, ...work }) => {
      const wish = { action, infra: work.infra, services: taskservs, servers };
      return provision(context, settings, {
        ...work,
        retry,
        plan: (standing) => planServices(wish, standing),
      });
    },
  });
}

function clusterOperation(
  settings: ProvisioningSettings,
  operation: `${string}_cluster` & keyof typeof operations,
  action: ClusterAction,
): Operation {
  const { name, retry } = operations[operation];
  return defineOperation({
    name,
    retry,
    parseInput: (input) => clusterInput.parse(input),
    perform: (context, { clusters, ...work }) =>
      provision(context, settings, {
        ...work,
        retry,
        plan: (standing, region) => {
          const server = smallestServer(work.provider, region);
          const planned = planClusters({ action, infra: work.infra, clusters, server }, standing);
          const unknown = clusters.find(
            ({ type }) => !clusterServices(type).every((each) => settings.services.has(each)),
          );
          // Before a server is made for it that no cluster would ever claim.
          return unknown === undefined || action === 'delete'
            ? planned
            : { problem: `There is no type of cluster ${unknown.type}: no task service is called so.` };
        },
      }),
  });
}
