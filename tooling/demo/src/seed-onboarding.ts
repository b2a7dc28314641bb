import { demoTenants } from '@signalbox/emulators/graph/seed/tenants';
import { type RestClient, type RunView, waitForEnd } from './rest-client.ts';

interface Session {
  readonly id: number;
  readonly step: number;
  readonly lock: { readonly version: number };
  readonly tasks: readonly { readonly task: string; readonly lastRun?: RunView }[];
}

const verify = 'onboarding.consent.verify';

/**
 * Leads a tenant to the third step of its onboarding, the way a manager would: opened, its connection made, and consent
 * looked for where none has been granted. What an interrupted start left out is made by the next one.
 */
export async function seedOnboarding(
  manager: RestClient,
  tenant: { readonly id: number; readonly alias: string },
): Promise<void> {
  const { body: opened } = await manager.post<Session>(`/v1/tenants/${tenant.id}/onboarding-session`, {});
  const path = `/v1/onboarding-sessions/${opened.id}`;
  const connectionId = await connectionOf(manager, tenant);
  const change = async (body: object): Promise<void> => {
    const { lock } = await manager.get<Session>(path);
    await manager.patch(path, { lockVersion: lock.version, ...body });
  };
  if (opened.step < 2) await change({ step: 2, draft: { notes: 'Their change window is on Sundays.' } });
  if (opened.step < 3) {
    await change({ connectionId });
    await change({ step: 3 });
  }
  if (opened.tasks.every(({ task, lastRun }) => task !== verify || lastRun === undefined)) {
    const { body } = await manager.post<{ run?: RunView }>(`${path}/tasks/${verify}/runs`, {});
    if (body.run === undefined) throw new Error(`${verify} was refused.`);
    await waitForEnd(manager, body.run.id);
  }
  await manager.post(`${path}/release`, {});
}

/** The connection of the tenant, made where it has none. */
async function connectionOf(
  manager: RestClient,
  { id, alias }: { readonly id: number; readonly alias: string },
): Promise<number> {
  const { items } = await manager.get<{ items: { id: number }[] }>(`/v1/connections?tenantId=${id}`);
  const [known] = items;
  if (known !== undefined) return known.id;
  const seeded = demoTenants.find((each) => each.alias === alias);
  if (seeded === undefined) throw new Error(`The emulator has no tenant ${alias}.`);
  const { clientId, clientSecret, displayName } = seeded;
  const { body } = await manager.post<{ id: number }>('/v1/connections', {
    ...{ tenantId: id, provider: 'graph', label: `${displayName} Graph`, isDefault: true },
    ...{ clientId, clientSecret },
  });
  return body.id;
}
