import { z } from 'zod';
import { thingErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { notification } from './notification.ts';

/** Notes that the caller has read what they were told. */
export const readNotificationContract = defineContract(
  {
    method: 'POST',
    path: '/v1/notifications/{id}/read',
    operationId: 'readNotification',
    summary: 'Mark a notification as read',
    description: 'Notes when you read it. Asking again changes nothing.',
    tags: ['Notifications'],
    success: { 200: 'The notification as it is now' },
    errors: thingErrors,
    body: 'none',
    dialect: 'native',
    security: 'person',
  },
  { input: z.strictObject({ id: entityId }), output: notification },
);
