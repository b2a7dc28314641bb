import type { FaultRule } from '../http/faults.ts';
import { pause } from '../http/pause.ts';
import type { WireReply, WireRequest } from '../http/wire.ts';
import { startInstances, stopInstances, terminateInstances } from './change-instances.ts';
import { checkSignature } from './check-signature.ts';
import type { Ec2Call, Ec2Emulator } from './context.ts';
import { describeInstances } from './describe-instances.ts';
import { describeAvailabilityZones, describeInstanceTypes } from './describe-offer.ts';
import { type Ec2Form, readForm } from './form.ts';
import { Ec2Refusal, ec2Error, usualEc2Code } from './reply.ts';
import { runInstances } from './run-instances.ts';

const actions: Readonly<Record<string, { write: boolean; handle(call: Ec2Call): WireReply }>> = {
  RunInstances: { write: true, handle: runInstances },
  StartInstances: { write: true, handle: startInstances },
  StopInstances: { write: true, handle: stopInstances },
  TerminateInstances: { write: true, handle: terminateInstances },
  DescribeInstances: { write: false, handle: describeInstances },
  DescribeInstanceTypes: { write: false, handle: describeInstanceTypes },
  DescribeAvailabilityZones: { write: false, handle: describeAvailabilityZones },
};

/** One request: fault, signature, limit, action, in that order. A fault's `path` is `/` and the action. */
export async function ec2Pipeline(emulator: Ec2Emulator, request: WireRequest): Promise<WireReply> {
  const form = readForm(new URLSearchParams(request.method === 'POST' ? request.body : request.url.search));
  const asked = { method: request.method, path: `/${form.action}`, query: request.body, tenant: undefined };
  const fault = emulator.faults.take(asked);
  if (fault?.delayMs !== undefined) await pause(fault.delayMs);
  const instead = fault === undefined ? undefined : faultReply(fault);
  if (instead !== undefined && fault?.afterEffect !== true) return instead;
  const reply = answer(emulator, request, form);
  return instead ?? reply;
}

function answer(emulator: Ec2Emulator, request: WireRequest, form: Ec2Form): WireReply {
  try {
    const region = checkSignature(request, emulator.key, emulator.now());
    takeLimit(emulator);
    const action = Object.hasOwn(actions, form.action) ? actions[form.action] : undefined;
    if (action === undefined || form.text('Version') !== '2016-11-15') {
      throw new Ec2Refusal('InvalidAction', `The action ${form.action} is not valid for this web service.`);
    }
    const reply = refusing(() => action.handle({ emulator, form, region }));
    if (action.write) {
      const entry = {
        action: form.action,
        clientToken: form.text('ClientToken') ?? null,
        status: reply.status,
      };
      emulator.writes = [...emulator.writes, entry].slice(-1000);
    }
    return reply;
  } catch (error) {
    return refusalOf(error);
  }
}

function refusing(work: () => WireReply): WireReply {
  try {
    return work();
  } catch (error) {
    return refusalOf(error);
  }
}

function refusalOf(error: unknown): WireReply {
  if (error instanceof Ec2Refusal) return ec2Error(error);
  throw error;
}

function faultReply(fault: FaultRule): WireReply | undefined {
  if (fault.dropConnection === true) return { status: 0, drop: true };
  if (fault.text !== undefined) return { status: fault.status ?? 200, text: fault.text };
  if (fault.status === undefined) return undefined;
  const code = fault.code ?? usualEc2Code(fault.status);
  const reply = ec2Error(new Ec2Refusal(code, 'Injected by the emulator.', fault.status));
  if (fault.retryAfter === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, 'Retry-After': String(fault.retryAfter) } };
}

/** @throws Ec2Refusal RequestLimitExceeded, 503 as at the real service and without a time */
function takeLimit(emulator: Ec2Emulator): void {
  const limit = emulator.settings.rateLimit;
  if (limit === null) return;
  const now = emulator.now();
  emulator.recent = emulator.recent.filter((at) => at > now - limit.windowMs);
  if (emulator.recent.length >= limit.requests) {
    throw new Ec2Refusal('RequestLimitExceeded', 'Request limit exceeded.', 503);
  }
  emulator.recent.push(now);
}
