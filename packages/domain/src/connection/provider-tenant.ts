const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is an id as the provider gives them to its tenants. */
export function isProviderTenantId(text: string): boolean {
  return guid.test(text.toLowerCase());
}

/** Whether a tenant is known by a domain name that is none of those it has proven to own. */
export function domainDiffers(externalId: string, domains: readonly string[]): boolean {
  if (!externalId.includes('.') || domains.length === 0) return false;
  return !domains.some((domain) => domain.toLowerCase() === externalId.toLowerCase());
}

/** What is known of the tenant that a connection should reach. */
export interface TenantClaim {
  /** What the tenant is known by: the provider's id, a domain or an alias. */
  readonly externalId: string;
  /** The provider's id of the tenant that an earlier check reached. */
  readonly known: string | null;
  /** The provider's id of the tenant in which an administrator said to have consented. */
  readonly consented: string | null;
}

/** Whether a tenant, by the provider's id, is another one than any of what is known says. */
export function tenantDiffers(tenant: string, { externalId, known, consented }: TenantClaim): boolean {
  const meant = [known, consented, isProviderTenantId(externalId) ? externalId : null];
  return meant.some((each) => each !== null && each.toLowerCase() !== tenant.toLowerCase());
}
