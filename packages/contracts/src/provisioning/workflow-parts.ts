import { z } from 'zod';
import { idempotencyHeaders, startErrors } from '../openapi/common-errors.ts';
import { objectName } from '../operation/provisioning-inputs.ts';
import { envelope } from './batch-envelope.ts';

/** What the three workflows of the provisioning contract share. */
export const workflowFacts = {
  method: 'POST',
  tags: ['Workflows'],
  success: { 200: 'Workflow created successfully' },
  errors: {
    ...startErrors,
    404: 'The workspace has no infra of that name.',
  },
  body: 'required',
  dialect: 'provisioning',
  security: 'caller',
  requestHeaders: idempotencyHeaders,
} as const;

/** What every workflow is told. */
export const workflowFields = {
  infra: objectName.meta({ description: 'Infrastructure target', example: 'demo' }),
  settings: z.string().min(1).max(4_096).default('config.k').meta({ description: 'Settings file path' }),
  check_mode: z.boolean().default(false).meta({ description: 'Enable check mode only' }),
  wait: z.boolean().default(false).meta({
    description: 'Wait for completion: the answer comes when the task has ended, or after 60 seconds',
  }),
};

/** The task that was made, or the active one that does the same. */
export const workflowAnswer = envelope(z.uuid().meta({ description: 'Task ID of the created workflow' }));
