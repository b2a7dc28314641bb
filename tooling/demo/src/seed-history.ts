import { type GraphControl, graphControl } from '@signalbox/emulators/graph/control-client';
import { type RestClient, type RunView, runToEnd, signIn, waitForEnd } from './rest-client.ts';
import { seedOnboarding } from './seed-onboarding.ts';

interface Named {
  readonly id: number;
  readonly externalId?: string;
  readonly name?: string;
}

interface Page<T> {
  readonly items: readonly T[];
}

export interface HistoryOptions {
  readonly url: string;
  readonly password: string;
  readonly emulator: { readonly url: string; readonly adminToken: string };
}

const conflicts = 2;
const restored = 40;
/** Added to each answer for the slow tenant, so that its capture of 100 policies takes some minutes. */
const slowMs = 5_000;

/**
 * Makes the first history the way a person would: through the API and the start gate, never by inserting rows.
 * What an interrupted first start left out is made by the next one. Answers false when nothing was missing.
 */
export async function seedHistory(options: HistoryOptions): Promise<boolean> {
  const operator = await signIn(options.url, 'operator', options.password);
  const control = graphControl(options.emulator);
  const tenants = await operator.get<Page<Named>>('/v1/tenants');
  const idOf = (alias: string) => tenants.items.find((tenant) => tenant.externalId === alias)?.id ?? 0;
  const made = (operation: string, alias: string) => newest(operator, operation, idOf(alias));
  // The last of the examples: where it is, the others are.
  if ((await made('restore_execute', 'contoso')) !== undefined) return false;
  for (const alias of ['contoso', 'fabrikam', 'tailspin']) {
    await ensure(operator, { operation: 'provider.connection.check', tenantId: idOf(alias) });
  }
  if ((await made('snapshot_capture', 'tailspin')) === undefined) {
    await control.addFault({ match: { tenant: 'tailspin' }, times: 1_000_000, delayMs: slowMs });
    await operator.post('/v1/runs', { operation: 'snapshot_capture', tenantId: idOf('tailspin') });
    // It holds the scope for some minutes, so whatever else is asked of tailspin meanwhile is refused.
    await operator.post('/v1/runs', { operation: 'provider.connection.check', tenantId: idOf('tailspin') });
  }
  // Fabrikam's administrator has not consented: refused, with the fix in the answer and an audit entry.
  await operator.post('/v1/runs', { operation: 'snapshot_capture', tenantId: idOf('fabrikam') });
  await ensure(operator, { operation: 'snapshot_capture', tenantId: idOf('contoso') });
  const manager = await signIn(options.url, 'manager', options.password);
  await seedOnboarding(manager, { id: idOf('northwind'), alias: 'northwind' });
  await seedRestore(operator, control, idOf('contoso'));
  return true;
}

interface Start {
  readonly operation: string;
  readonly tenantId: number;
  readonly input?: Record<string, unknown>;
}

/** The newest run of an operation on a tenant. */
async function newest(
  operator: RestClient,
  operation: string,
  tenantId: number,
): Promise<RunView | undefined> {
  const query = `limit=1&operation=${operation}&tenantId=${tenantId}`;
  return (await operator.get<Page<RunView>>(`/v1/runs?${query}`)).items[0];
}

/** The run an interrupted start already made, else a new one; ended either way. */
async function ensure(operator: RestClient, start: Start): Promise<RunView> {
  const known = await newest(operator, start.operation, start.tenantId);
  return known === undefined ? runToEnd(operator, { ...start }) : waitForEnd(operator, known.id);
}

/** Forty policies into the set, changed behind our back, previewed, and restored with two refused by the provider. */
async function seedRestore(operator: RestClient, control: GraphControl, tenantId: number): Promise<void> {
  const query = `tenantId=${tenantId}&kind=deviceConfiguration&limit=${restored}`;
  const policies = await operator.get<Page<{ readonly policyId: string }>>(`/v1/policies?${query}`);
  const policyIds = policies.items.map((policy) => policy.policyId);
  await ensure(operator, { operation: 'backup_set_add_policies', tenantId, input: { policyIds } });
  for (const id of policyIds) {
    await control.editPolicy(
      { tenant: 'contoso', segment: 'deviceConfigurations', id },
      { description: 'Changed by hand' },
    );
  }
  const preview = await runToEnd(operator, { operation: 'restore_preview', tenantId });
  for (const id of policyIds.slice(-conflicts)) {
    const match = { method: 'PATCH', path: `/deviceConfigurations/${id}`, tenant: 'contoso' };
    await control.addFault({ match, times: 1, status: 409 });
  }
  await runToEnd(operator, { operation: 'restore_execute', tenantId, input: { previewRunId: preview.id } });
}
