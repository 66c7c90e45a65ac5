import type { Call } from './call';
import { type Fault, faultKinds } from './fault';
import type { Invocation } from './invocation';
import { isWrite } from './writes';

/** One fault at one call. */
export interface Disturbance {
  call: Call;
  fault: Fault;
}

/**
 * Everything that may go wrong with some calls, each of the five kinds at each of them. The process that makes a write of a fix may
 * also die with the one that waits for it, and be told of in other ways.
 */
export function everyDisturbance(calls: readonly Call[]): Disturbance[] {
  return calls.flatMap((call) => {
    const faults: Fault[] = faultKinds.map((kind) => ({ kind }));
    return [...faults, ...(isWrite(call) ? deaths : [])].map((fault) => ({ call, fault }));
  });
}

const deaths: readonly Fault[] = [
  { kind: 'killed-before', dies: 'caller', inFlight: 'dies-too' },
  { kind: 'killed-after', dies: 'caller', inFlight: 'dies-too' },
  { kind: 'killed-after', dies: 'caller', inFlight: 'runs-on' },
  { kind: 'killed-after', seenAs: 'timeout' },
  { kind: 'killed-after', seenAs: 'broken-connection' },
];

/**
 * The same without what comes to the same, so that each call meets a failure and each moment a death:
 *
 * - a reading changes nothing, so that its failures differ by the error's words only: calls take turns with these;
 * - of Staunch's own services, one that fails before it did anything differs from one that throttles by the error's words only;
 * - between two changes it is the same when a process dies: what it read, nobody else ever sees;
 * - how a death looks has nothing to do with when it comes.
 */
export function differentDisturbances(calls: readonly Call[]): Disturbance[] {
  const played = new Map<Invocation, Set<string>>();
  let changes = 0;
  const isNew = ({ call: { invocation }, fault: { kind, ...how } }: Disturbance, before: number): boolean => {
    if (!kind.startsWith('killed')) return true;
    const known = played.get(invocation) ?? new Set();
    played.set(invocation, known);
    const moment = kind === 'killed-before' ? before : before + 1;
    const death = JSON.stringify(how.seenAs === undefined ? [moment, how] : how);
    return known.size < known.add(death).size;
  };
  return calls.flatMap((call) => {
    const before = changes;
    if (!isReading(call)) changes += 1;
    return faultsOf(call)
      .map((fault) => ({ call, fault }))
      .filter((disturbance) => isNew(disturbance, before));
  });
}

function faultsOf(call: Call): Fault[] {
  const turn = (faults: readonly Fault[]) => faults.slice(call.number % faults.length).slice(0, 1);
  if (isReading(call)) return [...turn(failures), { kind: 'killed-before' }];
  if (isWrite(call)) return everyDisturbance([call]).map(({ fault }) => fault);
  return [
    ...turn([{ kind: 'fails-before' }, { kind: 'throttled' }]),
    { kind: 'fails-after' },
    { kind: 'killed-before' },
    { kind: 'killed-after' },
  ];
}

const failures: readonly Fault[] = [{ kind: 'fails-before' }, { kind: 'fails-after' }, { kind: 'throttled' }];

/** Whether a call changes nothing. */
export function isReading({ command }: Call): boolean {
  return /^(Get|BatchGet|Query|Scan|List|Describe|AssumeRole)/.test(command);
}
