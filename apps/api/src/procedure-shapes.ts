import type { Contract, ContractMeta } from '@signalbox/contracts/openapi/operation';
import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server';
import type { z } from 'zod';

type Shapes<TContract> =
  TContract extends Contract<infer TInput, infer TOutput>
    ? { input: z.input<TInput>; output: z.output<TOutput>; meta: ContractMeta }
    : never;
/** A procedure that reads, by its contract. */
export type Query<TContract> = TRPCQueryProcedure<Shapes<TContract>>;
/** A procedure that changes something, by its contract. */
export type Mutation<TContract> = TRPCMutationProcedure<Shapes<TContract>>;
