import { ledgerTableName, savedStatesTableName } from '../../core/names';
import type { KeptPart } from '../../operator/deploy/take-kept';
import { stackSetsPrincipal } from '../../operator/doctor/before/judges/trusted-access';
import { awsCommand } from '../doctor/aws-command';

/**
 * What is still there once all stacks are removed, and how it goes: in the hub, and in the management account, of which `destroy` has no
 * credentials. Pure.
 * @param hub the account's id
 * @param take what was deleted beside the stacks
 */
export function whatStaysText(hub: string, bucketName: string, take: readonly KeptPart[]): string {
  const kept = [
    ...(take.includes('ledger')
      ? []
      : [`the tables ${ledgerTableName} and ${savedStatesTableName} (--take-ledger deletes them)`]),
    ...(take.includes('bucket') ? [] : [`the bucket ${bucketName} (--take-bucket deletes it)`]),
    "the CDK's bootstrap",
  ];
  return [
    `In account ${hub} stay: ${kept.join(', ')}.`,
    'In the management account stay: trusted access for StackSets; service control policies as they were changed for Staunch; stacks of deploy --account; and the hub as a delegated administrator. Where nothing else needs that:',
    `  ${awsCommand({
      service: 'organizations',
      operation: 'DeregisterDelegatedAdministrator',
      input: { AccountId: hub, ServicePrincipal: stackSetsPrincipal },
    })}`,
  ].join('\n');
}
