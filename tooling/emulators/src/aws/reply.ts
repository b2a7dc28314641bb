import { randomUUID } from 'node:crypto';
import type { WireReply } from '../http/wire.ts';
import { type Xml, xmlOf } from './xml.ts';

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const headers = { 'content-type': 'text/xml;charset=UTF-8' };

/** 200 with the answer of an action. */
export function ec2Answer(action: string, body: { readonly [name: string]: Xml }): WireReply {
  const content = xmlOf({ requestId: randomUUID(), ...body });
  const text = `${head}<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${content}</${action}Response>`;
  return { status: 200, headers, text };
}

/** A refusal; clients branch on the code, the text is for people. */
export class Ec2Refusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'Ec2Refusal';
    this.code = code;
    this.status = status;
  }
}

/** The error document of the EC2 query protocol. */
export function ec2Error(refusal: Ec2Refusal): WireReply {
  const error = { Code: refusal.code, Message: refusal.message };
  const content = xmlOf({ Errors: { Error: error }, RequestID: randomUUID() });
  return { status: refusal.status, headers, text: `${head}<Response>${content}</Response>` };
}

/** The code usually sent with a status, for faults on demand. */
export function usualEc2Code(status: number): string {
  const codes: Record<number, string> = {
    400: 'InvalidParameterValue',
    401: 'AuthFailure',
    403: 'UnauthorizedOperation',
    429: 'RequestLimitExceeded',
    500: 'InternalError',
    503: 'Unavailable',
  };
  return codes[status] ?? 'InternalError';
}
