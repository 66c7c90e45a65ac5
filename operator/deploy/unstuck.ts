import { ledgerTableName, savedStatesTableName, stackNames } from '../../core/names';
import { type ApiCall, type Cure, callsIn } from '../doctor/cure';

/**
 * What frees a stack that CloudFormation takes no operation on. Pure.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html
 */
export function unstuck(hub: { account: string; region: string }, stack: string, status: string): Cure {
  const { account, region } = hub;
  const call = (service: string, operation: string, input: ApiCall['input']): ApiCall => ({
    service,
    operation,
    region,
    input,
  });
  if (status === 'UPDATE_ROLLBACK_FAILED')
    return callsIn(account, [call('cloudformation', 'ContinueUpdateRollback', { StackName: stack })]);
  const tables = stack === stackNames.hub ? [ledgerTableName, savedStatesTableName] : [];
  return callsIn(
    account,
    [
      ...tables.map((TableName) =>
        call('dynamodb', 'UpdateTable', { TableName, DeletionProtectionEnabled: false }),
      ),
      call('cloudformation', 'DeleteStack', { StackName: stack }),
    ],
    tables.length > 0
      ? 'Only where the very first deployment failed: it deletes the tables, with all that Staunch knows.'
      : undefined,
  );
}
