import { z } from 'zod';
import { publicErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { name } from '../shape/text.ts';
import { newPassword, newUsername } from './credentials.ts';
import { email } from './invitation.ts';
import { me } from './me.ts';

/** Makes the first owner of an installation. */
export const setUpContract = defineContract(
  {
    method: 'POST',
    path: '/v1/setup',
    operationId: 'setUp',
    summary: 'Make the first owner',
    description:
      'Takes the secret of the set-up link that the server prints at its start while nobody exists: makes the first person and their workspace `ws-default`, and sets the session cookie, all or nothing. A link works once, for 24 hours, until the next start.',
    tags: ['Session'],
    success: { 200: 'Set up and signed in' },
    errors: {
      ...publicErrors,
      403: 'The request came from another site.',
      404: 'The link cannot be used, or somebody exists already: the two answers are the same.',
    },
    body: 'required',
    dialect: 'native',
    security: 'none',
    responseHeaders: {
      'Set-Cookie': { description: 'The session cookie', schema: { type: 'string' }, statuses: [200] },
    },
  },
  {
    input: z.strictObject({
      secret: z.string().max(128).meta({ description: 'What stands after `#` in the link' }),
      username: newUsername,
      email,
      password: newPassword,
      workspaceName: name(80).meta({ example: 'Example Ltd' }),
    }),
    output: me,
  },
);
