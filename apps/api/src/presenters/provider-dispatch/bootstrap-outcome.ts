import type { ProviderBootstrapOutcome } from '@signalbox/contracts/provider-dispatch/start-onboarding-bootstrap';
import type { StartRequest } from '@signalbox/domain/gate/start-request';
import type { BootstrapAnswer } from '../../gate/start-bootstrap.ts';
import { type DispatchAround, presentProviderOutcome, presentProviderStatement } from './start-outcome.ts';

/** What a bootstrap was answered, in the words of the provider-dispatch contract. */
export function presentProviderBootstrap(
  { said, acceptedOperation, pendingOperations }: BootstrapAnswer,
  asked: Pick<StartRequest, 'principal' | 'tenantId'>,
  around: DispatchAround,
): ProviderBootstrapOutcome {
  const outcome =
    said.kind === 'decided'
      ? presentProviderOutcome(said, around, new Date())
      : presentProviderStatement({ ...asked, ...said }, said, around);
  return { ...outcome, acceptedOperation, pendingOperations: [...pendingOperations] };
}
