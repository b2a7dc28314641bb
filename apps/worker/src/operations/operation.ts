import type { JsonObject } from '@signalbox/domain/gate/canonical';
import type { WorkResult } from '@signalbox/domain/run/conclude';
import type { RetryPolicy } from '@signalbox/domain/run/retry';
import type { RunContext } from '../executor/run-context.ts';

/** One kind of work as the executor runs it: what it does, together with how often it is tried. */
export interface Operation {
  readonly name: string;
  readonly retry: RetryPolicy;
  /**
   * Does the work. Returns how it ended; throws OperationFailure, Throttled or OutcomeUnknown where that says more.
   * Anything else it throws ends the run as an internal error.
   */
  perform(context: RunContext, input: JsonObject): Promise<WorkResult>;
}

export interface OperationDefinition<Input> {
  readonly name: string;
  readonly retry: RetryPolicy;
  /** Reads the input that was kept at admission. Throws when this version cannot read it any more. */
  parseInput(input: JsonObject): Input;
  perform(context: RunContext, input: Input): Promise<WorkResult>;
}

/** Makes an operation from its typed parts. */
export function defineOperation<Input>(definition: OperationDefinition<Input>): Operation {
  return {
    name: definition.name,
    retry: definition.retry,
    // Async, so that an input which cannot be read fails the run and not its caller.
    perform: async (context, input) => definition.perform(context, definition.parseInput(input)),
  };
}
