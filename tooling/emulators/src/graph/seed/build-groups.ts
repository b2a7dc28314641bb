import type { Random } from '../random.ts';
import type { Stored } from '../world.ts';

const departments = [
  'Finance',
  'Legal',
  'Sales',
  'Marketing',
  'Engineering',
  'Support',
  'Logistics',
  'Research',
  'Purchasing',
  'Facilities',
  'Security',
  'Training',
  'Audit',
  'Design',
  'Operations',
  'Payroll',
] as const;
const sites = [
  'Berlin',
  'Lyon',
  'Leeds',
  'Porto',
  'Gdansk',
  'Turin',
  'Oslo',
  'Cork',
  'Boston',
  'Austin',
  'Toronto',
  'Osaka',
  'Perth',
  'Pune',
  'Cape Town',
  'Lima',
  'Bergen',
  'Ghent',
  'Tampere',
  'Graz',
] as const;
const purposes = [
  'Users',
  'Devices',
  'Managers',
  'Contractors',
  'Laptops',
  'Phones',
  'Kiosks',
  'Admins',
  'Pilot',
  'Exceptions',
  'Shared mailboxes',
  'Licences',
  'VPN',
  'Printers',
] as const;

/** Makes groups with distinct, readable names; a few mail-enabled, a few dynamic. */
export function buildGroups(input: { random: Random; count: number; nextSeq: () => number }): Stored[] {
  const { random, count, nextSeq } = input;
  const groups: Stored[] = [];
  for (let index = 0; index < count; index += 1) {
    const department = departments[index % departments.length] ?? 'Finance';
    const site = sites[Math.floor(index / departments.length) % sites.length] ?? 'Berlin';
    const purpose = purposes[Math.floor(index / (departments.length * sites.length)) % purposes.length];
    const name = `${department} ${site} ${purpose ?? 'Users'}`;
    const mail = random.integer(5) === 0;
    const dynamic = random.integer(8) === 0;
    groups.push({
      seq: nextSeq(),
      body: {
        id: random.uuid(),
        displayName: name,
        description: `${purpose ?? 'Users'} of ${department} in ${site}`,
        mailEnabled: mail,
        mailNickname: name.toLowerCase().replaceAll(' ', '-'),
        securityEnabled: true,
        groupTypes: [...(mail ? ['Unified'] : []), ...(dynamic ? ['DynamicMembership'] : [])],
        membershipRule: dynamic ? `(user.department -eq "${department}")` : null,
        createdDateTime: new Date(Date.UTC(2024, 0, 1) + random.integer(700) * 86_400_000).toISOString(),
        onPremisesSyncEnabled: random.integer(3) === 0 ? true : null,
      },
    });
  }
  return groups;
}
