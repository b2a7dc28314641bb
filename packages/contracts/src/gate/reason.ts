import { reasonCodes } from '@signalbox/domain/gate/reasons';
import { z } from 'zod';

/** A reason as every surface shows it: the code, a short label, one plain sentence and how urgent it is. */
export const reason = z
  .object({
    code: z.enum(reasonCodes),
    label: z.string(),
    text: z.string(),
    severity: z.enum(['info', 'warning', 'error']),
  })
  .meta({ id: 'Reason' });
export type Reason = z.infer<typeof reason>;
