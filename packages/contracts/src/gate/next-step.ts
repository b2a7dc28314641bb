import { z } from 'zod';

/** Something the caller can do about a refusal or a result. `href` is a path of the console. */
export const nextStep = z
  .object({
    code: z.string().meta({ example: 'open_run' }),
    label: z.string().meta({ example: 'Open the run that holds the scope' }),
    href: z.string().optional().meta({ example: '/w/ws-default/runs/17' }),
    capability: z.string().optional().meta({ description: 'Needed to take this step' }),
  })
  .meta({ id: 'NextStep' });
export type NextStep = z.infer<typeof nextStep>;
