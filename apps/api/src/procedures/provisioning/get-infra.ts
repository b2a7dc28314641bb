import { getInfraContract } from '@signalbox/contracts/provisioning/get-infra';
import { wellFormed } from '../../trpc.ts';
import { infraProcedure, showInfra } from './infra-procedures.ts';

/** One infra. */
export const getInfra = infraProcedure('infra.read')
  .meta(getInfraContract.meta)
  .use(wellFormed)
  .input(getInfraContract.input)
  .output(getInfraContract.output)
  .query(({ ctx }) => showInfra(ctx, ctx.infra.name));
