import { operationInputs } from '@signalbox/contracts/operation/input-schemas';
import { listOperationsContract } from '@signalbox/contracts/operation/list-operations';
import { holds } from '@signalbox/domain/access/principal';
import { operationRule, operationsOn } from '@signalbox/domain/operation/registry';
import { z } from 'zod';
import { memberProcedure } from '../../access/procedures.ts';
import { wellFormed } from '../../trpc.ts';

const native = operationsOn('native');

/** The JSON Schema of each operation's input, made once: forms and programs are built from it. */
const inputSchemas = new Map<string, Record<string, unknown>>(
  native.map((name) => [
    name,
    { ...z.toJSONSchema(operationInputs[name], { io: 'input', unrepresentable: 'any' }) },
  ]),
);

/** The catalogue of operations, with the ones this caller may not start marked so. */
export const listOperations = memberProcedure('run.read')
  .meta(listOperationsContract.meta)
  .use(wellFormed)
  .input(listOperationsContract.input)
  .output(listOperationsContract.output)
  .query(({ ctx }) => ({
    items: native.map((name) => {
      const { label, description, provider, capability, itemField } = operationRule(name);
      return {
        name,
        label,
        description,
        provider,
        capability,
        allowed: holds(ctx.principal, capability),
        retriesItems: itemField !== null,
        inputSchema: inputSchemas.get(name) ?? {},
      };
    }),
  }));
