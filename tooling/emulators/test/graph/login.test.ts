import { beforeEach, describe, expect, it } from 'vitest';
import { jsonText } from '../../src/http/json.ts';
import { demoApp, errorCode, startBench } from './support.ts';

const bench = await startBench();
beforeEach(() => bench.control.reset());

describe('the token endpoint', () => {
  it('issues a bearer token for 3599 seconds that opens the tenant', async () => {
    const answer = await bench.askToken('contoso');
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 3599 } });
    const organization = await bench.call(jsonText(answer.body.access_token), '/v1.0/organization');
    expect(organization.body.value).toMatchObject([{ displayName: 'Contoso Ltd' }]);
  });

  it('accepts the tenant by id and by domain', async () => {
    const { clientId, clientSecret, id } = demoApp('contoso');
    const form = { client_id: clientId, client_secret: clientSecret };
    expect((await bench.askToken(id, form)).status).toBe(200);
    expect((await bench.askToken('contoso.onmicrosoft.com', form)).status).toBe(200);
  });

  it.each([
    { what: 'a wrong secret', form: { client_secret: 'nope' }, status: 401, number: 7000215 },
    { what: 'an unknown application', form: { client_id: 'nope' }, status: 400, number: 700016 },
    { what: 'an unknown tenant', tenant: 'nowhere', status: 400, number: 90002 },
    { what: 'another grant type', form: { grant_type: 'password' }, status: 400, number: 70003 },
    { what: 'a scope that is not .default', form: { scope: 'User.Read' }, status: 400, number: 1002012 },
  ])('refuses $what by its number', async ({ tenant = 'contoso', form = {}, status, number }) => {
    const answer = await bench.askToken(tenant, form as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(answer.body.error_codes).toEqual([number]);
    expect(answer.body.error_description).toContain(`AADSTS${number}:`);
    expect(JSON.stringify(answer.body)).not.toContain(demoApp('contoso').clientSecret);
  });

  it('refuses an expired secret with 7000222', async () => {
    await bench.control.changeApp('contoso', { secretExpiresAt: '2020-01-01T00:00:00Z' });
    expect((await bench.askToken('contoso')).body.error_codes).toEqual([7000222]);
  });
});

describe('bearer tokens', () => {
  it('are refused when missing, unknown or expired', async () => {
    const token = await bench.token('contoso');
    await bench.control.expireTokens();
    for (const bad of ['', 'made-up', token]) {
      const answer = await bench.call(bad, '/v1.0/organization');
      expect(answer.status).toBe(401);
      expect(errorCode(answer)).toBe('InvalidAuthenticationToken');
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
  });

  it('run out after the lifetime that is set', async () => {
    await bench.control.changeSettings({ tokenLifetimeSeconds: 0 });
    const token = await bench.token('contoso');
    expect((await bench.call(token, '/v1.0/organization')).status).toBe(401);
  });
});

describe('admin consent', () => {
  const consentUrl = (redirect: string): string =>
    `${bench.url}/fabrikam/adminconsent?${new URLSearchParams({
      client_id: demoApp('fabrikam').clientId,
      redirect_uri: redirect,
      state: 's-1',
    }).toString()}`;

  it('redirects back with tenant and state, and grants the roles asked for', async () => {
    const before = await bench.call(await bench.token('fabrikam'), '/v1.0/organization');
    expect(before.status).toBe(403);
    const answer = await fetch(consentUrl('http://localhost:3000/consent'), { redirect: 'manual' });
    expect(answer.status).toBe(302);
    const back = new URL(answer.headers.get('location') ?? '');
    expect(Object.fromEntries(back.searchParams)).toEqual({
      admin_consent: 'True',
      tenant: demoApp('fabrikam').id,
      state: 's-1',
    });
    const after = await bench.call(await bench.token('fabrikam'), '/v1.0/organization');
    expect(after.status).toBe(200);
  });

  it('carries a refusal back and grants nothing', async () => {
    await bench.control.setConsent('fabrikam', false, 'deny');
    const answer = await fetch(consentUrl('http://localhost:3000/consent'), { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.get('state')).toBe('s-1');
    expect((await bench.call(await bench.token('fabrikam'), '/v1.0/organization')).status).toBe(403);
  });

  it('never redirects off loopback', async () => {
    const answer = await fetch(consentUrl('https://example.org/'), { redirect: 'manual' });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  });
});

describe('permissions', () => {
  it('a tenant without consent gets tokens without roles', async () => {
    const token = await bench.token('fabrikam');
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims.roles).toBeUndefined();
  });

  it('each area refuses in its own words when the role is missing', async () => {
    await bench.control.changeRoles('contoso', {
      revoke: ['GroupMember.Read.All', 'DeviceManagementConfiguration.ReadWrite.All'],
    });
    const token = await bench.token('contoso');
    const groups = await bench.call(token, '/v1.0/groups');
    expect([groups.status, errorCode(groups)]).toEqual([403, 'Authorization_RequestDenied']);
    const body = { '@odata.type': '#microsoft.graph.iosGeneralDeviceConfiguration', displayName: 'X' };
    const path = '/v1.0/deviceManagement/deviceConfigurations';
    const write = await bench.call(token, path, { method: 'POST', body });
    expect([write.status, errorCode(write)]).toEqual([403, 'Forbidden']);
    expect((await bench.call(token, path)).status).toBe(200);
  });

  it('granted app roles are listed by the ids that Microsoft gives them', async () => {
    const token = await bench.token('contoso');
    const path = `/v1.0/servicePrincipals(appId='${demoApp('contoso').clientId}')/appRoleAssignments`;
    const answer = await bench.call(token, path);
    const ids = (answer.body.value as { appRoleId: string }[]).map((entry) => entry.appRoleId);
    expect(ids).toContain('dc377aa6-52d8-4e23-b271-2a7ae04cedf3');
    const filter = encodeURIComponent(`appId eq '${demoApp('contoso').clientId}'`);
    const found = await bench.call(token, `/v1.0/servicePrincipals?$filter=${filter}`);
    const [principal] = found.body.value as { id: string }[];
    const byId = await bench.call(token, `/v1.0/servicePrincipals/${principal?.id ?? ''}/appRoleAssignments`);
    expect(byId.body.value).toEqual(answer.body.value);
  });
});
