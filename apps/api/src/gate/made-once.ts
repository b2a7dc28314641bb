import type { Once } from '@signalbox/db/commands/gate/keep-once';
import { AppError } from '@signalbox/domain/error/app-error';

/**
 * What a call that may be repeated made.
 * @throws AppError what `refusal` says of a refusal, or the Idempotency-Key stands in the way
 */
export function madeOnce<TMade, TRefused>(
  once: Once<TMade, TRefused>,
  refusal: (refused: TRefused) => AppError,
): TMade {
  switch (once.kind) {
    case 'made':
      return once.made;
    case 'refused':
      throw refusal(once.refused);
    case 'key_reused':
      throw new AppError({ code: 'idempotency_mismatch' });
    case 'key_in_flight':
      throw new AppError({ code: 'idempotency_in_flight' });
  }
}
