import { createHash, createHmac } from 'node:crypto';
import type { Ec2Key } from '../../src/aws/check-signature.ts';

/** Signs a form as version 4 wants it, for a clock that may be wrong. */
export function signedHeaders(
  url: string,
  form: string,
  by: { readonly key: Ec2Key; readonly region: string; readonly at: Date },
): Record<string, string> {
  const stamp = by.at.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const date = stamp.slice(0, 8);
  const scope = `${date}/${by.region}/ec2/aws4_request`;
  const { host } = new URL(url);
  const signed = 'host;x-amz-date';
  const canonical = ['POST', '/', '', `host:${host}\nx-amz-date:${stamp}\n`, signed, sha256(form)].join('\n');
  const text = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n');
  let key = hmac(`AWS4${by.key.secretAccessKey}`, date);
  for (const part of [by.region, 'ec2', 'aws4_request']) key = hmac(key, part);
  const signature = hmac(key, text).toString('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-amz-date': stamp,
    authorization: `AWS4-HMAC-SHA256 Credential=${by.key.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
