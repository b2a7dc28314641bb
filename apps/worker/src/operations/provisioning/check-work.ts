import { standingResources } from '@signalbox/db/queries/provisioning/standing-resources';
import { describeUnit, serviceName, type WorkUnit } from '@signalbox/domain/provisioning/work';
import { toSafeError } from '../../executor/classify.ts';
import { taskServiceNamed } from '../../task-services/catalogue.ts';
import { OperationFailure } from '../failures.ts';
import type { Of, Work } from './carry-out.ts';
import { refuseElsewhere } from './refuse-elsewhere.ts';
import { createResults, type Results } from './results.ts';
import { asking } from './session.ts';

/**
 * Says what the work would do, and what would be refused, without doing it: each unit ends with what it `would` be. The
 * provider is only read from, servers are not reached, and nothing is kept but the answers.
 */
export async function checkWork(work: Work, units: readonly WorkUnit[]): Promise<void> {
  const { context, infra, settings } = work.session;
  const results = await createResults(work);
  const due = await refuseElsewhere(work, await results.due(units), results);
  await checkServers(work, { units: due, results });
  const names = (await context.read((tx) => standingResources(tx, infra))).map(
    ({ kind, name }) => `${kind}:${name}`,
  );
  for (const unit of due) {
    if (unit.kind === 'make_server') continue;
    try {
      if (unit.kind === 'service') taskServiceNamed(settings.services, unit.service);
      await planned(unit, wouldBe(unit, new Set(names)), { work, results });
    } catch (error) {
      if (!(error instanceof OperationFailure)) throw error;
      await results.failed(unit, toSafeError(error));
    }
  }
}

async function checkServers(
  work: Work,
  { units, results }: { readonly units: readonly WorkUnit[]; readonly results: Results },
): Promise<void> {
  const { context, infra } = work.session;
  const made = units.filter((unit): unit is Of<'make_server'> => unit.kind === 'make_server');
  if (made.length === 0) return;
  const opened = await work.session.provider(work.connectionId);
  const specs = made.map(({ server: { name, plan, zone } }) => ({ name, plan, zone }));
  const { changes, problems } = await asking(context, opened, () =>
    opened.servers.plan(infra, specs, context.signal),
  );
  for (const unit of made) {
    const problem = problems.find(({ name }) => name === unit.server.name);
    const change = changes.find(({ name }) => name === unit.server.name);
    if (problem !== undefined)
      await results.failed(unit, { code: 'provider_refused', message: problem.message });
    else await planned(unit, change?.action ?? 'create', { work, results });
  }
}

/** Ends a unit that was only planned; the log says the same, since that is what a task shows. */
async function planned(
  unit: WorkUnit,
  would: string,
  { work, results }: { readonly work: Work; readonly results: Results },
): Promise<void> {
  await results.done(unit, null, { would });
  const text = would === 'keep' ? 'nothing to do' : 'would be done';
  await work.session.context.log('info', `${describeUnit(unit)}: ${text}.`);
}

/** What doing the unit would be, where so much stands. */
function wouldBe(unit: Exclude<WorkUnit, Of<'make_server'>>, standing: ReadonlySet<string>): string {
  switch (unit.kind) {
    case 'remove_server':
      return standing.has(`server:${unit.server}`) ? 'remove' : 'keep';
    case 'service': {
      const there = standing.has(`taskserv:${serviceName(unit.server, unit.service)}`);
      if (unit.action === 'install') return there ? 'keep' : 'install';
      return unit.action === 'delete' && !there ? 'keep' : unit.action;
    }
    case 'keep_cluster':
      return standing.has(`cluster:${unit.cluster.name}`) ? 'update' : 'create';
    case 'forget_cluster':
      return 'remove';
  }
}
