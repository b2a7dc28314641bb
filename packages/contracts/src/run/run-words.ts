import { itemOutcomes } from '@signalbox/domain/run/counts';
import { runStatuses } from '@signalbox/domain/run/lifecycle';
import { z } from 'zod';

/** The one status vocabulary; each reference contract gets its own words from a presenter. */
export const runStatus = z.enum(runStatuses).meta({ id: 'RunStatus' });

/** How one item of a run ended. */
export const itemOutcome = z.enum(itemOutcomes).meta({ id: 'ItemOutcome' });

/** What the items of a run may be filtered by; `remaining` are those without a result yet. */
export const itemFilter = z.enum([...itemOutcomes, 'remaining']);

/** How urgent a piece of log is. */
export const logLevels = ['info', 'warning', 'error'] as const;

/** Who or what asked for a run. */
export const initiatorKinds = ['user', 'api_key', 'system', 'schedule'] as const;

/** How a run relates to its parent. */
export const linkKinds = ['replay', 'retry'] as const;
