import { realWaiting } from '../../core/jittered';
import { configBucketName, ledgerTableName, savedStatesTableName } from '../../core/names';
import { awsAccess } from '../../operator/aws/access';
import { answered } from '../../operator/aws/reading';
import { checkCaller } from '../../operator/deploy/check-caller';
import { destroy } from '../../operator/deploy/destroy';
import type { KeptPart } from '../../operator/deploy/take-kept';
import { loadPolicy } from '../../operator/policy-file';
import { printableJson } from '../../resources/kit/printable';
import { isAgreed } from '../asker/agreed';
import { withAssembly } from '../deploy/assembled';
import { cdkOn } from '../deploy/cdk-cli';
import { outcomeText } from '../deploy/outcome-text';
import { whatStaysText } from '../deploy/what-stays';
import { withFile } from '../doctor/cure-lines';
import { policyFile } from '../policy-file';
import { complain, say } from '../say';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';
import { withHub } from '../with-hub';

/** The options of `staunch destroy`. */
export interface DestroyOptions {
  account?: string;
  takeLedger?: boolean;
  takeBucket?: boolean;
  yes?: boolean;
  json?: boolean;
}

/**
 * Removes what a policy deployed.
 * @param given the policy's file; the project's own where left out
 * @returns the exit status
 */
export async function runDestroy(given: string | undefined, options: DestroyOptions): Promise<number> {
  const { account } = options;
  if (account !== undefined) {
    if (options.takeLedger || options.takeBucket)
      throw new UserError('--take-ledger and --take-bucket are of the hub, and do not go with --account.', 2);
    const { runDestroyAccount } = await import('../deploy/account-runs.ts');
    return runDestroyAccount(given, { ...options, account });
  }
  const { organization } = loadPolicy(...policyFile(given));
  const { hub: place } = organization;
  const bucketName = configBucketName(place);
  const take: KeptPart[] = [
    ...(options.takeLedger ? (['ledger'] as const) : []),
    ...(options.takeBucket ? (['bucket'] as const) : []),
  ];
  await withHub({ region: place.region }, (hub) =>
    hub.ask('caller', () => checkCaller(awsAccess, place, 'the hub')),
  );
  (options.json ? complain : say)(warning(place.account, bucketName, take));
  const isMeant = await isAgreed(options.yes, async (asker) => {
    const answer = await asker.text({
      message: `The hub's account id, to remove Staunch from every account:`,
      problem: (id) => (id === place.account || id === '' ? undefined : `The hub is ${place.account}.`),
    });
    return answer === place.account;
  });
  if (!isMeant) return 1;
  const [path] = policyFile(given);
  const removal = await withAssembly(path, organization, (assembly, directory) =>
    withHub({ region: place.region }, (hub) =>
      answered(() =>
        destroy({
          access: awsAccess,
          host: hub.host,
          home: place,
          pause: realWaiting.pause,
          cdk: cdkOn(directory),
          stacks: assembly.stacks.map(({ stackName }) => stackName),
          take,
          bucketName,
        }),
      ),
    ),
  );
  const { ok, stacks, taken } = removal;
  if (options.json) {
    process.stdout.write(`${printableJson(removal)}\n`);
    return ok ? 0 : 1;
  }
  say(outcomeText(stacks, 'removed', standardOutput()));
  if (taken.length > 0) say(`Deleted: ${taken.join(', ')}.`);
  if (ok) say(whatStaysText(place.account, bucketName, take));
  else say(`To go on where it stopped:\n  ${withFile('destroy', given)}`);
  return ok ? 0 : 1;
}

/** What is deleted, and what stays. */
function warning(account: string, bucketName: string, take: readonly KeptPart[]): string {
  const tables = `${ledgerTableName} and ${savedStatesTableName}`;
  const parts = [
    `This deletes Staunch from every member account, and the hub from account ${account}. What was fixed stays fixed.`,
    take.includes('ledger')
      ? `It deletes the tables ${tables}. That is irreversible: no fix can be undone afterwards.`
      : `The tables ${tables} stay.`,
    take.includes('bucket')
      ? `It deletes the bucket ${bucketName} with AWS Config's history. That is irreversible.`
      : `The bucket ${bucketName} stays.`,
  ];
  return parts.join('\n');
}
