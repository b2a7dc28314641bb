import { z } from 'zod';
import { name } from '../shape/text.ts';
import { givenMoment } from '../shape/time.ts';

/** What people call a connection. */
export const connectionLabel = name(100).meta({ example: 'Contoso Graph' });

/** The application at the provider, by its id. */
export const clientId = z
  .guid()
  .toLowerCase()
  .meta({ description: 'The application (client) id', example: 'b7f6a3de-2a0f-4f1e-9a64-6f0c8d1e5b01' });

/** The secret of the application. Sealed at once and never shown again. */
export const clientSecret = z
  .string()
  .min(1)
  .max(1_000)
  .refine((text) => /^[\x21-\x7e]*$/.test(text), {
    error: 'must be visible ASCII characters without spaces',
  })
  .meta({ description: 'Write only: it is sealed and never shown again', writeOnly: true });

/** When the provider will stop taking the secret. */
export const credentialExpiry = givenMoment.meta({ description: 'When the secret expires at the provider' });

/** Who signs in at a provider of servers. */
export const serverAccount = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\x21-\x7e]+$/)
  .meta({ description: 'A user name at UpCloud, an access key id at AWS', example: 'signalbox-api' });

/** Where a provider of servers works that has regions. */
export const serverRegion = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
  .meta({ description: 'A region of AWS', example: 'eu-central-1' });
