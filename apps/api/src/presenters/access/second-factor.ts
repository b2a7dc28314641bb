import type { SecondFactor } from '@signalbox/contracts/access/second-factor';
import type { StoredFactor } from '@signalbox/db/queries/access/second-factor';
import { moment } from '../time.ts';

/** A second factor for its person, without its secret. */
export function presentSecondFactor(stored: StoredFactor): SecondFactor {
  const { sealed, pending, enabledAt, recoveryCodesLeft } = stored;
  return {
    enabled: sealed !== null,
    enabledAt: enabledAt === null ? null : moment(enabledAt),
    pending: pending !== null,
    recoveryCodesLeft,
  };
}
