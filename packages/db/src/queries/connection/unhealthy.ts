import { and, eq, ne, or, type SQL, sql } from 'drizzle-orm';
import { connections } from '../../schema/inventory.ts';

/** Enabled connections that do not work as they are, or that nobody has checked. Disabled ones are meant to be still. */
export function unhealthy(): SQL | undefined {
  return and(
    eq(connections.enabled, true),
    or(
      sql`${connections.health} in ('warning', 'failing', 'unknown')`,
      ne(connections.consent, 'granted'),
      ne(connections.credential, 'present'),
      sql`${connections.credentialExpiresAt} <= now()`,
    ),
  );
}
