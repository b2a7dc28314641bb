import { z } from 'zod';
import { idempotencyHeaders, thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { objectName } from '../operation/provisioning-inputs.ts';
import { infraRecord, settingsText } from './infra-record.ts';

/** Makes an infra with its settings. */
export const createInfraContract = defineContract(
  {
    method: 'POST',
    path: '/v1/infras',
    operationId: 'createInfra',
    summary: 'Make an infra',
    description:
      'Makes a directory of the workspace with a settings file `config.k` in it. What is read of the file: `provider`, `server_configs`, `taskservs` and `clusters`; anything else is refused with its line. Nothing is provisioned yet.',
    tags: ['Infras'],
    success: { 201: 'Made' },
    errors: {
      ...thingErrors,
      409: 'The name is in use. Also: a request with the same `Idempotency-Key` is still in flight.',
      422: 'The `Idempotency-Key` was used before with another body.',
    },
    body: 'required',
    dialect: 'native',
    security: 'caller',
    requestHeaders: idempotencyHeaders,
    responseHeaders: {
      Location: {
        description: 'Where the infra can be read.',
        schema: { type: 'string', format: 'uri-reference' },
        statuses: [201],
      },
    },
    examples: {
      request: { web: { name: 'web', settings: 'provider = "upcloud"\ntaskservs = ["nginx"]\n' } },
    },
  },
  { input: z.strictObject({ name: objectName, settings: settingsText }), output: infraRecord },
);
