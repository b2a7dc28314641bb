import { uid } from '../shape/ids.ts';

/** What the operations on states of the provisioning contract share. */
export const stateFacts = {
  method: 'GET',
  tags: ['State Management'],
  body: 'none',
  dialect: 'provisioning',
  security: 'caller',
} as const;

/** The workflow in a path: a task or a batch. */
export const pathWorkflow = { workflowId: uid.meta({ description: 'Workflow ID: of a task or a batch' }) };
