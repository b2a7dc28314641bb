import type { WireReply } from '../http/wire.ts';
import type { Ec2Call } from './context.ts';
import { findInstances } from './describe-instances.ts';
import { stateOf } from './instance-view.ts';
import { Ec2Refusal, ec2Answer } from './reply.ts';
import type { Ec2Instance, Ec2State } from './world.ts';

interface Change {
  readonly action: 'StartInstances' | 'StopInstances' | 'TerminateInstances';
  readonly to: Ec2State;
  readonly through: Ec2State;
  readonly inMs: number;
  /** States it may be asked for in. */
  readonly from: readonly Ec2State[];
}

/** Asking again for what is done or under way changes nothing. */
function changeInstances({ emulator, form, region }: Ec2Call, change: Change): WireReply {
  const ids = form.list('InstanceId');
  if (ids.length === 0) {
    throw new Ec2Refusal('MissingParameter', 'The request must contain the parameter InstanceId');
  }
  const chosen = findInstances(emulator.world.seen(region), ids);
  const wrong = chosen.find(({ state }) => ![...change.from, change.to, change.through].includes(state));
  if (wrong !== undefined) {
    const message = `The instance '${wrong.id}' is not in a state from which it can be changed.`;
    throw new Ec2Refusal('IncorrectInstanceState', message);
  }
  const results = chosen.map((instance) => {
    const before = instance.state;
    if (change.from.includes(before)) emulator.world.move(instance, change);
    return view(instance, before);
  });
  return ec2Answer(change.action, { instancesSet: results });
}

function view(instance: Ec2Instance, before: Ec2State) {
  return {
    instanceId: instance.id,
    currentState: stateOf(instance.state),
    previousState: stateOf(before),
  };
}

/** StartInstances. */
export function startInstances(call: Ec2Call): WireReply {
  const inMs = call.emulator.settings.pendingMs;
  return changeInstances(call, {
    action: 'StartInstances',
    from: ['stopped'],
    through: 'pending',
    to: 'running',
    inMs,
  });
}

/** StopInstances. */
export function stopInstances(call: Ec2Call): WireReply {
  const inMs = call.emulator.settings.stoppingMs;
  return changeInstances(call, {
    action: 'StopInstances',
    from: ['running'],
    through: 'stopping',
    to: 'stopped',
    inMs,
  });
}

/** TerminateInstances: all of the named, or none when one of them is unknown. */
export function terminateInstances(call: Ec2Call): WireReply {
  return changeInstances(call, {
    action: 'TerminateInstances',
    from: ['pending', 'running', 'stopping', 'stopped'],
    through: 'shutting-down',
    to: 'terminated',
    inMs: call.emulator.settings.shuttingDownMs,
  });
}
