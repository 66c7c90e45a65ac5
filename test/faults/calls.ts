import { type ServiceName, serviceFailure, throttling } from './aws/service-error';
import { brokenConnection } from './broken-connection';
import type { Call } from './call';
import type { Fault } from './fault';
import { type FaultPlan, noFaults } from './faults';
import { Invocation, never } from './invocation';
import type { Turns } from './turns';
import type { VirtualClock } from './virtual-clock';

/** What the gate takes. */
export interface CallsOptions {
  clock: VirtualClock;
  turns: Turns;
  /** What goes wrong; default: nothing. */
  plan?: FaultPlan;
  /** How long each call takes; default: 10. */
  latencyMilliseconds?: number;
}

/** The one gate that every call of every service passes through: it numbers them, and lets them meet their faults. */
export class Calls {
  /** What was made, in its order. */
  readonly made: Call[] = [];
  /** What dead invocations went on to ask for, none of which was performed. */
  readonly afterDeath: Pick<Call, 'service' | 'command' | 'invocation'>[] = [];
  /** What was asked for when its time was over already, and never sent. */
  readonly cutOff: Pick<Call, 'service' | 'command' | 'invocation'>[] = [];
  /** What the services in memory do not know: no service's refusal, but a gap of theirs. */
  readonly problems: string[] = [];
  /** May be replaced between calls. */
  plan: FaultPlan;

  constructor(private readonly options: CallsOptions) {
    this.plan = options.plan ?? noFaults;
  }

  /**
   * Makes a call. One that no invocation makes, but a test itself, is performed, and neither counted nor disturbed.
   * @param perform does it; what it throws is the service's refusal
   * @returns the answer; it never settles for an invocation that is dead
   */
  async make<Answer>(
    service: ServiceName,
    command: string,
    input: object,
    perform: () => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const invocation = Invocation.current;
    if (!invocation) return perform();
    if (!invocation.isDead) await this.options.turns.take();
    // The time that it takes may be more than Lambda allows.
    if (!invocation.isDead)
      this.options.clock.advance({ milliseconds: this.options.latencyMilliseconds ?? 10 });
    if (invocation.isDead) {
      this.afterDeath.push({ service, command, invocation });
      return never();
    }
    const call: Call = {
      number: this.made.length + 1,
      service,
      command,
      input,
      invocation,
      isPerformed: false,
    };
    this.made.push(call);
    const fault = this.plan(call);
    if (fault) call.fault = fault;
    return this.#meet(call, fault, perform);
  }

  /** The time of a call is over before it is sent. @returns what the SDK throws, which says nothing of that */
  cut(service: ServiceName, command: string): Error {
    const invocation = Invocation.current;
    if (invocation) this.cutOff.push({ service, command, invocation });
    return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
  }

  async #meet<Answer>(
    call: Call,
    fault: Fault | undefined,
    perform: () => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const { service, invocation } = call;
    if (fault?.kind === 'fails-before') throw failure(service, fault.as ?? 'server-error');
    if (fault?.kind === 'throttled') throw throttling(service);
    if (fault?.kind === 'killed-before') kill(invocation, fault);
    // The process that died may be the one that waits for this one.
    if (invocation.isDead) return never();
    const end = await this.#perform(call, perform);
    if (fault?.kind === 'killed-after') kill(invocation, fault);
    if (invocation.isDead) return never();
    if (fault?.kind === 'fails-after') throw failure(service, fault.as ?? 'broken-connection');
    if ('refusal' in end) throw end.refusal;
    return end.answer;
  }

  async #perform<Answer>(
    call: Call,
    perform: () => Answer | Promise<Answer>,
  ): Promise<{ answer: Answer } | { refusal: unknown }> {
    call.isPerformed = true;
    try {
      const answer = await perform();
      call.answer = answer;
      return { answer };
    } catch (refusal) {
      call.refusal = refusal;
      // Whatever a service refuses, and a connection that broke, has these.
      if (!Object.hasOwn(Object(refusal), '$metadata')) this.problems.push(`${call.command}: ${refusal}`);
      return { refusal };
    }
  }
}

function failure(service: ServiceName, as: NonNullable<Fault['as']>): Error {
  return as === 'server-error' ? serviceFailure(service) : brokenConnection();
}

function kill(
  invocation: Invocation,
  { dies = 'itself', seenAs = 'crash', inFlight = 'runs-on' }: Fault,
): void {
  const victim = dies === 'caller' ? (invocation.caller ?? invocation) : invocation;
  victim.kill({ seenAs, inFlight });
}
