import { type Counts, remaining } from './counts.ts';
import type { RunStatus } from './lifecycle.ts';
import type { SafeError } from './safe-error.ts';

/** How the work of a run came back from its operation. */
export type WorkResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: SafeError }
  | { readonly kind: 'stopped' };

export interface Conclusion {
  readonly status: Extract<RunStatus, 'succeeded' | 'partial' | 'failed' | 'cancelled'>;
  readonly error: SafeError | null;
  /** True when a cancel was asked for but every piece of work was already done. */
  readonly cancelTooLate: boolean;
}

/**
 * The terminal status of a run whose work ended.
 * Work that was all done succeeds even when a cancel arrived meanwhile; with work left it is cancelled.
 */
export function conclude(result: WorkResult, counts: Counts, cancelRequested: boolean): Conclusion {
  if (result.kind === 'failed') return { status: 'failed', error: result.error, cancelTooLate: false };
  if (result.kind === 'stopped') {
    const error: SafeError = {
      code: 'cancelled',
      message: 'The run was cancelled before all its work was done.',
    };
    return { status: 'cancelled', error, cancelTooLate: false };
  }
  if (remaining(counts) > 0) {
    const error: SafeError = {
      code: 'internal',
      message: `${remaining(counts)} of ${counts.total} items ended without a result.`,
    };
    return { status: 'failed', error, cancelTooLate: false };
  }
  if (counts.failed === 0) return { status: 'succeeded', error: null, cancelTooLate: cancelRequested };
  const error: SafeError = {
    code: 'items_failed',
    message: `${counts.failed} of ${counts.total} items failed.`,
    context: { failed: counts.failed, total: counts.total },
  };
  const status = counts.succeeded > 0 ? 'partial' : 'failed';
  return { status, error, cancelTooLate: cancelRequested };
}
