import { ledgerTableName, savedStatesTableName, stackNames } from '../../core/names';
import { type ApiCall, type Cure, callsIn } from '../doctor/cure';

/**
 * What frees a stack that CloudFormation takes no operation on. Pure.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html
 */
export function unstuck(home: { account: string; region: string }, stack: string, status: string): Cure {
  const { account, region } = home;
  const call = (service: string, operation: string, input: ApiCall['input']): ApiCall => ({
    service,
    operation,
    region,
    input,
  });
  if (status === 'UPDATE_ROLLBACK_FAILED')
    return callsIn(account, [call('cloudformation', 'ContinueUpdateRollback', { StackName: stack })]);
  if (status === 'UPDATE_FAILED')
    return callsIn(account, [call('cloudformation', 'RollbackStack', { StackName: stack })]);
  const deletion = call('cloudformation', 'DeleteStack', { StackName: stack });
  // The roll-back of a first deployment stops at the tables, which are protected.
  if (stack !== stackNames.hub || status !== 'ROLLBACK_FAILED') return callsIn(account, [deletion]);
  return callsIn(
    account,
    [
      ...[ledgerTableName, savedStatesTableName].map((TableName) =>
        call('dynamodb', 'UpdateTable', { TableName, DeletionProtectionEnabled: false }),
      ),
      deletion,
    ],
    'It deletes both tables, with all that Staunch knows: irreversible. Only after a first deployment, when they are empty.',
  );
}
