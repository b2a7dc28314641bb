import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { unreadCount } from './notification.ts';

/** Notes that the caller has read everything up to a notification. */
export const readAllNotificationsContract = defineContract(
  {
    method: 'POST',
    path: '/v1/notifications/read-all',
    operationId: 'readAllNotifications',
    summary: 'Mark your notifications as read',
    description:
      'Marks what you were told up to a notification, which is the newest you have seen: what has arrived since stays unread.',
    tags: ['Notifications'],
    success: { 200: 'How many were marked, and how many are unread now' },
    errors: sessionErrors,
    body: 'required',
    dialect: 'native',
    security: 'person',
    examples: { request: { seen: { upTo: 41 } } },
  },
  {
    input: z.strictObject({
      upTo: entityId.meta({ description: 'The id of the newest notification you have seen', example: 41 }),
    }),
    output: z.object({ read: z.int().min(0), unread: unreadCount }),
  },
);
