import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { infraRecord, settingsText } from './infra-record.ts';

/** Gives an infra new settings. */
export const setInfraSettingsContract = defineContract(
  {
    method: 'PUT',
    path: '/v1/infras/{name}/settings',
    operationId: 'setInfraSettings',
    summary: 'Give an infra new settings',
    description:
      'Replaces `config.k`. What was started goes on with what it read; nothing that stands is changed by this.',
    tags: ['Infras'],
    success: { 200: 'The infra as it is now' },
    errors: thingErrors,
    body: 'required',
    dialect: 'native',
    security: 'caller',
    examples: { request: { local: { settings: 'provider = "local"\n' } } },
  },
  { input: z.strictObject({ name: z.string(), settings: settingsText }), output: infraRecord },
);
