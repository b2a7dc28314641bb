import { clusterActions } from '@signalbox/domain/provisioning/plan-cluster';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api, queryClient, trpc } from '../client/api.ts';
import { subjectOf, type WorkflowName } from '../operation/workflow-model.ts';
import type { ApiCall } from '../ui/copy-as-call.ts';
import { makeStartKeys } from './start-key.ts';

/** Work on an infra as the form asks for it. */
export interface AskedStart {
  readonly name: WorkflowName;
  readonly infra: string;
  /** The task service or the type of cluster; empty for servers. */
  readonly thing: string;
  readonly check: boolean;
}

const taskservActions = ['create', 'delete', 'restart', 'configure'] as const;

function actionOf<T extends string>(name: WorkflowName, actions: readonly T[]): T {
  const action = actions.find((each) => name.startsWith(`${each}_`));
  if (action === undefined) throw new Error(`Nothing is known of ${name}.`);
  return action;
}

/** Sends it to the gate; the answer is the uuid of the run, new or active already. */
function send({ name, infra, thing, check }: AskedStart, idempotencyKey: string) {
  const options = { context: { idempotencyKey } };
  const common = { infra, ...(check && { check_mode: true }) };
  switch (subjectOf(name)) {
    case 'servers':
      return api.workflow.createServers.mutate(common, options);
    case 'taskserv':
      return api.workflow.taskserv.mutate(
        { ...common, operation: actionOf(name, taskservActions), taskserv: thing },
        options,
      );
    case 'cluster':
      return api.workflow.cluster.mutate(
        { ...common, operation: actionOf(name, clusterActions), cluster_type: thing },
        options,
      );
  }
}

/** The same over REST. */
export function workflowCall({ name, infra, thing, check }: AskedStart): ApiCall {
  const subject = subjectOf(name);
  const body = {
    ...(subject !== 'servers' && { operation: name.slice(0, name.indexOf('_')) }),
    ...(subject === 'taskserv' && { taskserv: thing }),
    ...(subject === 'cluster' && { cluster_type: thing }),
    infra,
    ...(check && { check_mode: true }),
  };
  return { method: 'POST', path: `/workflows/${subject}/create`, body, keyed: true };
}

/** The start of work on an infra: once the gate has let it in, its run is opened. */
export function useWorkflowStart(ws: string) {
  const [keys] = useState(makeStartKeys);
  const router = useRouter();
  return useMutation({
    mutationFn: async (asked: AskedStart) => {
      const { data: uid } = await send(asked, keys.keyOf(asked));
      keys.used(asked);
      const { items } = await api.run.list.query({ q: uid, limit: 1 });
      return items[0]?.id;
    },
    // Offline it fails at once and can be sent again; it must not leave by itself, minutes later.
    networkMode: 'always',
    onSuccess: (id, { infra }) => {
      void queryClient.invalidateQueries({ queryKey: trpc.run.list.queryKey() });
      void queryClient.invalidateQueries({ queryKey: trpc.infra.pathKey() });
      router.history.push(id === undefined ? `/w/${ws}/infras/${infra}` : `/w/${ws}/runs/${id}`);
    },
  });
}

export type WorkflowStart = ReturnType<typeof useWorkflowStart>;
