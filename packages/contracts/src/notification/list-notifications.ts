import { z } from 'zod';
import { sessionErrors } from '../openapi/common-errors.ts';
import { defineContract } from '../openapi/operation.ts';
import { entityId } from '../shape/ids.ts';
import { page, pageQuery } from '../shape/page.ts';
import { notification, unreadCount } from './notification.ts';

/** What the caller was told, newest first, by keyset over the id. */
export const listNotificationsContract = defineContract(
  {
    method: 'GET',
    path: '/v1/notifications',
    operationId: 'listNotifications',
    summary: 'List your notifications',
    description:
      'The runs you started that have ended, newest first, and how many of them you have not read. Nobody else is told. Runs that a bulk action or a queue of steps started are told of on its own page, and what an API key, a schedule or the system started is told to nobody.',
    tags: ['Notifications'],
    success: { 200: 'A page of your notifications' },
    errors: sessionErrors,
    body: 'none',
    dialect: 'native',
    security: 'person',
  },
  {
    input: z.strictObject({
      ...pageQuery,
      only: z.enum(['unread']).optional().meta({ description: '`unread`: those you have not read' }),
      runId: entityId.optional().meta({ description: 'Only that of this run' }),
    }),
    output: z.object({ ...page(notification).shape, unread: unreadCount }),
  },
);
