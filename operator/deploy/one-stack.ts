import type { AwsAccess, CallPlace } from '../aws/access';
import type { Cure } from '../doctor/cure';
import type { Host } from '../host';
import type { CdkRun } from './cdk';
import { readinessOf, type StackStatus, stackStatus } from './stack-status';
import { unstuck } from './unstuck';

/** What working on a stack takes. */
export interface StackWork {
  access: AwsAccess;
  host: Host;
  /** The account and Region that the stack is in: the hub's, but for an account's own stacks. */
  home: { account: string; region: string };
  /** Waits so many milliseconds; injected, so that no test waits. */
  pause(milliseconds: number): Promise<void>;
}

/** What came of one stack. */
export interface StackOutcome {
  stack: string;
  ok: boolean;
  /** Why not: AWS's words, or the last lines of the CDK's. */
  said: readonly string[];
  cure?: Cure;
  /** Set where it was removed because the policy has it no more. */
  removed?: true;
}

const lookMilliseconds = 5_000;
/** A stack set with many accounts takes long; CloudFormation itself gives up in the end. */
const longestMilliseconds = 6 * 60 * 60_000;
/** Another run may have begun between the look and the call: then it is waited for, and tried once more. */
const mostTries = 2;

/**
 * Has a stack deployed or removed. CloudFormation works on a stack once at a time, whoever asked: what it is in the middle of, of an
 * earlier run that was ended or of another person's, is waited for first. Then the same is done again, which changes nothing where it is
 * done already.
 * @throws the SDK's errors
 */
export async function workOn(
  { access, host, home, pause }: StackWork,
  stack: string,
  what: string,
  run: (progress: (line: string) => void) => Promise<CdkRun>,
): Promise<StackOutcome> {
  const place: CallPlace = { region: home.region };
  const look = () => stackStatus(access, place, stack);
  let last: CdkRun = { ok: false, said: [] };
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const { status, reason } = await idle(host, stack, look, pause);
    if (readinessOf(status) === 'busy')
      return { stack, ok: false, said: [`CloudFormation is still in the middle of ${status}.`] };
    if (readinessOf(status) === 'stuck')
      return {
        stack,
        ok: false,
        said: [`The stack is ${status}. ${reason}`.trim()],
        cure: unstuck(home, stack, status ?? ''),
      };
    let line = '';
    last = await host.progress(
      () => (line === '' ? what : `${what}: ${line}`),
      () =>
        run((said) => {
          line = said;
        }),
    );
    if (last.ok) return { stack, ok: true, said: [] };
    if (readinessOf((await look()).status) !== 'busy') break;
  }
  const { status } = await look();
  const isStuck = readinessOf(status) === 'stuck';
  return {
    stack,
    ok: false,
    said: last.said,
    ...(isStuck && status !== undefined && { cure: unstuck(home, stack, status) }),
  };
}

/** The state of a stack, once CloudFormation has ended what it was in the middle of. */
async function idle(
  host: Host,
  stack: string,
  look: () => Promise<StackStatus>,
  pause: StackWork['pause'],
): Promise<StackStatus> {
  let now = await look();
  if (readinessOf(now.status) !== 'busy') return now;
  return host.progress(
    () => `Waiting for CloudFormation: ${stack} is ${now.status}`,
    async () => {
      for (let waited = 0; waited < longestMilliseconds; waited += lookMilliseconds) {
        await pause(lookMilliseconds);
        now = await look();
        if (readinessOf(now.status) !== 'busy') break;
      }
      return now;
    },
  );
}
