import {
  type StandingResource,
  standingResources,
} from '@signalbox/db/queries/provisioning/standing-resources';
import { serviceName } from '@signalbox/domain/provisioning/work';
import { toSafeError } from '../../executor/classify.ts';
import { inLanes } from '../../in-lanes.ts';
import { taskServiceNamed } from '../../task-services/catalogue.ts';
import { lookAtTaskService } from '../../task-services/look-at-task-service.ts';
import { runTaskService, type TaskServiceAction } from '../../task-services/run-task-service.ts';
import type { Transport } from '../../transport/transport.ts';
import { OperationFailure } from '../failures.ts';
import type { Change, Of, Work } from './carry-out.ts';
import type { Results } from './results.ts';

type ServiceUnit = Of<'service'>;

/** Servers worked on at once; on one server, one thing happens after the other. */
const serversAtOnce = 3;

/** Does things with task services, each on its server. */
export async function runServices(
  work: Work,
  units: readonly ServiceUnit[],
  results: Results,
): Promise<void> {
  if (units.length === 0) return;
  const { context, infra } = work.session;
  // Saved, not only read: servers that were just made are written down first.
  const standing = await context.save((tx) => standingResources(tx, infra, 'server'));
  const servers = new Map(standing.map((one) => [one.name, one]));
  const names = [...new Set(units.map(({ server }) => server))];
  const failures: OperationFailure[] = [];
  await inLanes(names, serversAtOnce, async (name) => {
    const here = units.filter(({ server }) => server === name);
    try {
      await onServer(work, { server: servers.get(name), name, units: here }, results);
    } catch (error) {
      // One server that does not answer keeps the others from nothing; the next attempt comes back to it.
      if (!(error instanceof OperationFailure)) throw error;
      failures.push(error);
    }
  });
  const [failure] = failures;
  if (failure !== undefined) throw failure;
}

interface OnServer {
  readonly server: StandingResource | undefined;
  readonly name: string;
  readonly units: readonly ServiceUnit[];
}

/** All that is to be done on one server. A server that is gone has nothing left to remove. */
async function onServer(work: Work, { server, name, units }: OnServer, results: Results): Promise<void> {
  let transport: Transport | null = null;
  try {
    for (const unit of units) {
      work.session.context.signal.throwIfAborted();
      if (server === undefined && unit.action === 'delete') {
        await results.done(unit, changeOf(unit, null));
        continue;
      }
      try {
        transport ??= await reach(work, server, name);
        await results.done(unit, await doOne(work, unit, transport));
      } catch (error) {
        const lastTry = work.session.context.run.attempt >= work.attempts;
        if (!(error instanceof OperationFailure) || (error.retryable && !lastTry)) throw error;
        await results.failed(unit, toSafeError(error));
      }
    }
  } finally {
    await transport?.close();
  }
}

async function reach(
  { session }: Work,
  server: StandingResource | undefined,
  name: string,
): Promise<Transport> {
  if (server === undefined) {
    throw new OperationFailure({ code: 'not_found', message: `There is no server ${name}.` }, false);
  }
  const { address } = server.state;
  const { access } = await session.provider(server.connectionId);
  return session.settings.openTransport(typeof address === 'string' ? address : null, access);
}

/** Does it, and answers what it changed; null where nothing is kept of it. */
async function doOne(work: Work, unit: ServiceUnit, transport: Transport): Promise<Change | null> {
  const { context, settings } = work.session;
  const service = taskServiceNamed(settings.services, unit.service);
  const action = await actionOf(unit, { look: () => lookAtTaskService(transport, service, context.signal) });
  await runTaskService(
    {
      action,
      service,
      transport,
      server: { name: unit.server, role: unit.role },
      log: (level, text) => context.log(level, text),
    },
    context.signal,
  );
  if (action === 'restart') return null;
  return changeOf(unit, action === 'delete' ? null : service.version);
}

/** An upgrade installs what is not the newest, and restarts what is. */
async function actionOf(
  { action }: ServiceUnit,
  { look }: { look: () => ReturnType<typeof lookAtTaskService> },
): Promise<TaskServiceAction> {
  if (action !== 'upgrade') return action;
  const now = await look();
  return now.state === 'installed' && now.current ? 'restart' : 'install';
}

function changeOf({ server, service, role }: ServiceUnit, version: string | null): Change {
  return {
    kind: 'taskserv',
    name: serviceName(server, service),
    externalId: null,
    state: version === null ? null : { server, service, role, version },
  };
}
