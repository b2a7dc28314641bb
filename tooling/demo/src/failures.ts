import type { GraphControl } from '@signalbox/emulators/graph/control-client';
import { demoTenants } from '@signalbox/emulators/graph/seed/tenants';
import { type RestClient, type RunView, runToEnd, waitForRun } from './rest-client.ts';

/** What a failure is made of: a person on the API, the provider's control plane, and the worker's process. */
export interface FailureStage {
  readonly operator: RestClient;
  readonly control: GraphControl;
  readonly workerPid: number | null;
  tenantId(alias: string): number;
}

/** A failure as it stands now, and how to take it back. */
export interface MadeFailure {
  readonly runId: number;
  heal(): Promise<void>;
}

export interface Failure {
  /** What happens, for the person who asks for it. */
  readonly what: string;
  make(stage: FailureStage): Promise<MadeFailure>;
}

/** The tenant that all of them happen to. */
export const contoso = 'contoso';
const capture = 'snapshot_capture';

/** Failures with real data, each made the way it comes about: by what provider, worker and people do. */
export const failures: Readonly<Record<string, Failure>> = {
  partial: {
    what: 'two of ten policies are refused by the provider during a restore',
    async make(stage) {
      const { control } = stage;
      const previewRunId = await previewOfTen(stage);
      for (const id of (await firstTen(stage)).slice(-2)) {
        const match = { method: 'PATCH', path: `/deviceConfigurations/${id}`, tenant: contoso };
        await control.addFault({ match, times: 1, status: 409 });
      }
      return ended(stage, { operation: 'restore_execute', input: { previewRunId } });
    },
  },
  stale: {
    what: 'a policy is changed by hand between the preview and its restore',
    async make(stage) {
      const previewRunId = await previewOfTen(stage);
      await touch(stage, (await firstTen(stage)).slice(0, 1), 'Changed after the preview');
      return ended(stage, { operation: 'restore_execute', input: { previewRunId } });
    },
  },
  credential: {
    what: 'the secret of the connection is replaced at the provider, and Signalbox has the old one',
    async make(stage) {
      const { control } = stage;
      await control.changeApp(contoso, { secret: 'replaced at the provider' });
      await control.expireTokens(contoso);
      const made = await ended(stage, { operation: capture });
      return { ...made, heal: () => mended(stage, () => giveSecretBack(control)) };
    },
  },
  consent: {
    what: 'an administrator takes the consent back in the middle of a capture',
    async make(stage) {
      const { control, operator } = stage;
      await control.addFault({ match: { tenant: contoso }, times: 1_000_000, delayMs: 150 });
      const run = await begun(stage, { operation: capture });
      await waitForRun(operator, run.id, ({ counts }) => counts.succeeded >= 20);
      await control.setConsent(contoso, false);
      await control.clearFaults();
      await waitForRun(operator, run.id, ({ finishedAt }) => finishedAt !== undefined);
      return { runId: run.id, heal: () => mended(stage, () => control.setConsent(contoso, true)) };
    },
  },
  unavailable: {
    what: 'the provider answers 503 to everything, also after several tries',
    async make(stage) {
      const { control, operator } = stage;
      await control.addFault({ match: { tenant: contoso }, times: 1_000_000, status: 503 });
      const run = await begun(stage, { operation: capture });
      await waitForRun(operator, run.id, ({ finishedAt }) => finishedAt !== undefined);
      return { runId: run.id, heal: () => control.clearFaults() };
    },
  },
  worker: {
    what: 'the only worker stops in the middle of a capture, and is not started again',
    async make({ control, operator, workerPid, ...stage }) {
      if (workerPid === null) throw new Error('There is no worker to stop.');
      await control.addFault({ match: { tenant: contoso }, times: 1_000_000, delayMs: 150 });
      const run = await begun({ ...stage, control, operator, workerPid }, { operation: capture });
      await waitForRun(operator, run.id, ({ counts }) => counts.succeeded >= 40);
      process.kill(workerPid, 'SIGSTOP');
      await control.clearFaults();
      // Not before it is known that no other worker is there to take the run over.
      await waitForRun(operator, run.id, ({ waiting }) => waiting?.freedBy === 'whoever starts a worker');
      const heal = async (): Promise<void> => {
        process.kill(workerPid, 'SIGCONT');
        await waitForRun(operator, run.id, ({ finishedAt }) => finishedAt !== undefined);
      };
      return { runId: run.id, heal };
    },
  },
  throttle: {
    what: 'the provider asks for a pause of a quarter of an hour',
    async make(stage) {
      const { control, operator } = stage;
      await control.addFault({ match: { tenant: contoso }, times: 1, status: 429, retryAfter: 900 });
      const run = await begun(stage, { operation: capture });
      await waitForRun(operator, run.id, ({ reasonCode }) => reasonCode === 'throttled');
      const heal = async (): Promise<void> => {
        await operator.post(`/v1/runs/${run.id}/cancel`, { reason: 'Not needed any more' });
      };
      return { runId: run.id, heal };
    },
  },
};

/** Makes the credential right again that the connection of the demo has. */
export async function giveSecretBack(control: GraphControl): Promise<void> {
  const secret = demoTenants.find(({ alias }) => alias === contoso)?.clientSecret ?? '';
  await control.changeApp(contoso, { secret });
}

interface Wish {
  readonly operation: string;
  readonly input?: Record<string, unknown>;
}

async function begun({ operator, tenantId }: FailureStage, wish: Wish): Promise<RunView> {
  const { status, body } = await operator.post<{ run?: RunView; message?: string }>('/v1/runs', {
    ...wish,
    tenantId: tenantId(contoso),
  });
  if (body.run === undefined) throw new Error(`${wish.operation} was answered ${status}: ${body.message}`);
  return body.run;
}

async function ended(stage: FailureStage, wish: Wish): Promise<MadeFailure> {
  const run = await runToEnd(stage.operator, { ...wish, tenantId: stage.tenantId(contoso) });
  return { runId: run.id, heal: async () => {} };
}

/** Mends what was broken and lets Signalbox see it. */
async function mended(stage: FailureStage, mend: () => Promise<void>): Promise<void> {
  await mend();
  const tenantId = stage.tenantId(contoso);
  await runToEnd(stage.operator, { operation: 'provider.connection.check', tenantId });
}

async function firstTen({ operator, tenantId }: FailureStage): Promise<readonly string[]> {
  const query = `tenantId=${tenantId(contoso)}&kind=deviceConfiguration&limit=10`;
  const { items } = await operator.get<{ items: { policyId: string }[] }>(`/v1/policies?${query}`);
  return items.map(({ policyId }) => policyId);
}

async function touch({ control }: FailureStage, ids: readonly string[], description: string): Promise<void> {
  for (const id of ids) {
    await control.editPolicy({ tenant: contoso, segment: 'deviceConfigurations', id }, { description });
  }
}

/** Ten policies in the backup set, each changed by hand, and a preview that would put them back. */
async function previewOfTen(stage: FailureStage): Promise<number> {
  const tenantId = stage.tenantId(contoso);
  const policyIds = await firstTen(stage);
  await runToEnd(stage.operator, {
    operation: 'backup_set_add_policies',
    tenantId,
    input: { policyIds },
  });
  await touch(stage, policyIds, `Changed by hand at ${new Date().toISOString()}`);
  return (await runToEnd(stage.operator, { operation: 'restore_preview', tenantId })).id;
}
