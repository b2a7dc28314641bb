import { randomBytes } from 'node:crypto';
import type { GraphPermission } from './permissions.ts';
import type { TenantWorld } from './world.ts';

/** What an access token stands for; roles are fixed when it is issued, as in the real service. */
export interface TokenGrant {
  tenantAlias: string;
  appId: string;
  roles: readonly GraphPermission[];
  expiresAt: number;
}

/** Issued tokens, kept in memory: a restart of the emulator makes them all unknown. */
export interface TokenStore {
  issue(tenant: TenantWorld, lifetimeSeconds: number): string;
  /** The grant, or why there is none. */
  check(token: string): TokenGrant | 'expired' | 'unknown';
  /** Ends all tokens, or those of one tenant. */
  expire(tenantAlias?: string): void;
}

const base64Url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Makes a token store. Tokens look like JWTs (three parts, a `roles` claim) but are checked by look-up. */
export function createTokenStore(now: () => number): TokenStore {
  const grants = new Map<string, TokenGrant>();
  return {
    issue(tenant, lifetimeSeconds) {
      const issuedAt = Math.floor(now() / 1000);
      const roles = tenant.consent ? [...tenant.app.granted] : [];
      const claims = {
        aud: 'https://graph.microsoft.com',
        iss: `https://sts.windows.net/${tenant.id}/`,
        iat: issuedAt,
        exp: issuedAt + lifetimeSeconds,
        appid: tenant.app.appId,
        tid: tenant.id,
        ...(roles.length > 0 ? { roles } : {}),
      };
      // Expired tokens are remembered for a day, so that they are told from made-up ones; then they are let go.
      for (const [old, grant] of grants) if (grant.expiresAt < now() - 86_400_000) grants.delete(old);
      const signature = randomBytes(32).toString('base64url');
      const token = `${base64Url({ typ: 'JWT', alg: 'RS256', kid: 'emulator' })}.${base64Url(claims)}.${signature}`;
      grants.set(token, {
        tenantAlias: tenant.alias,
        appId: tenant.app.appId,
        roles,
        expiresAt: now() + lifetimeSeconds * 1000,
      });
      return token;
    },
    check(token) {
      const grant = grants.get(token);
      if (grant === undefined) return 'unknown';
      return grant.expiresAt <= now() ? 'expired' : grant;
    },
    expire(tenantAlias) {
      for (const grant of grants.values()) {
        if (tenantAlias === undefined || grant.tenantAlias === tenantAlias)
          grant.expiresAt = Math.min(grant.expiresAt, now());
      }
    },
  };
}
