import type { GraphClient } from './graph-client.ts';
import { objectsOf, textOf } from './read-pages.ts';

/** Who the tenant is. Least permission: Organization.Read.All. */
export interface Organization {
  readonly id: string;
  readonly displayName: string;
  /** Names that the tenant has proven to own. */
  readonly domains: readonly string[];
}

/** Reads the organization; also the cheapest proof that credentials and consent work. */
export async function readOrganization(client: GraphClient): Promise<Organization> {
  const body = await client.send({
    method: 'GET',
    version: 'v1.0',
    path: '/organization',
    query: { $select: 'id,displayName,verifiedDomains' },
  });
  const first = objectsOf(body.value)[0] ?? {};
  const domains = objectsOf(first.verifiedDomains).flatMap(({ name }) =>
    typeof name === 'string' ? [name] : [],
  );
  return { id: textOf(first, 'id'), displayName: textOf(first, 'displayName'), domains };
}
