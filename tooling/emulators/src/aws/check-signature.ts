import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '../http/wire.ts';
import { Ec2Refusal } from './reply.ts';

/** A key of the account. */
export interface Ec2Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** How far a request's clock may be off, in milliseconds. */
const skewMs = 5 * 60_000;

const unproven = 'AWS was not able to validate the provided access credentials';

/**
 * Checks the signature (version 4) of a request as the service does and returns the region it was made for.
 * @throws Ec2Refusal AuthFailure, MissingAuthenticationToken, IncompleteSignature, RequestExpired, SignatureDoesNotMatch
 */
export function checkSignature(request: WireRequest, key: Ec2Key, now: number): string {
  const header = request.headers.authorization;
  if (header === undefined) {
    throw new Ec2Refusal('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  }
  const shape =
    /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([a-z\d-]+)\/ec2\/aws4_request, ?SignedHeaders=([a-z\d;-]+), ?Signature=([\da-f]{64})$/.exec(
      header,
    );
  const [, id, date, region, signed, signature] = shape ?? [];
  const stamp = request.headers['x-amz-date'] ?? '';
  if (
    id === undefined ||
    date === undefined ||
    region === undefined ||
    signed === undefined ||
    signature === undefined ||
    !/^\d{8}T\d{6}Z$/.test(stamp) ||
    !stamp.startsWith(date) ||
    !['host', 'x-amz-date'].every((name) => signed.split(';').includes(name))
  ) {
    throw new Ec2Refusal('IncompleteSignature', 'The signature does not conform to AWS standards.', 400);
  }
  if (id !== key.accessKeyId) throw new Ec2Refusal('AuthFailure', unproven, 401);
  const at = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Math.abs(now - at) > skewMs) throw new Ec2Refusal('RequestExpired', 'Request has expired.', 400);
  const scope = `${date}/${region}/ec2/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical(request, signed))].join('\n');
  const secrets = [date, region, 'ec2', 'aws4_request'];
  const signingKey = secrets.reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    Buffer.from(`AWS4${key.secretAccessKey}`),
  );
  if (!timingSafeEqual(hmac(signingKey, text), Buffer.from(signature, 'hex'))) {
    const message = 'The request signature we calculated does not match the signature you provided.';
    throw new Ec2Refusal('SignatureDoesNotMatch', message, 403);
  }
  return region;
}

/** The request in the one form both sides sign. */
function canonical(request: WireRequest, signed: string): string {
  const query = [...request.url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const headers = signed
    .split(';')
    .map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`)
    .join('');
  return [request.method, request.url.pathname, query, headers, signed, sha256(request.body)].join('\n');
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
