import type { Call } from './call';
import type { Fault } from './fault';

/** Which call meets which fault; asked once for each call, in their order. */
export type FaultPlan = (
  call: Pick<Call, 'number' | 'service' | 'command' | 'input' | 'invocation'>,
) => Fault | undefined;

/** Nothing goes wrong. */
export const noFaults: FaultPlan = () => undefined;

/** The n-th call, from 1, meets a fault. */
export function faultAt(number: number, fault: Fault): FaultPlan {
  return (call) => (call.number === number ? fault : undefined);
}

/** Every call of a kind meets a fault, for example all AssumeRole of an account. */
export function faultWhenever(isMeant: (call: Parameters<FaultPlan>[0]) => boolean, fault: Fault): FaultPlan {
  return (call) => (isMeant(call) ? fault : undefined);
}

/** All faults of several plans; the first plan that has one for a call counts. */
export function together(...plans: readonly FaultPlan[]): FaultPlan {
  return (call) => {
    for (const plan of plans) {
      const fault = plan(call);
      if (fault) return fault;
    }
    return undefined;
  };
}
