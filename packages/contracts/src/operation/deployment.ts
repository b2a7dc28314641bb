import { z } from 'zod';
import { name, prose } from '../shape/text.ts';

/** What is to be deployed, in the words of the person who wants it. */
export const userIntent = z.object({
  description: prose(2_000).meta({ example: 'Deploy a Next.js app' }),
  target: name(100).default('production').meta({ example: 'production' }),
  constraints: prose(2_000).optional().meta({ example: 'free tier only' }),
});

/** A deployment: its intent, and whether it waits for an approval before it is published. */
export const deploymentInput = z.strictObject({
  userIntent,
  requireApproval: z.boolean().default(false),
});
