import type { ApiCall } from '../../gateway/api';
import { type Learned, nameKey } from '../../gateway/learned';
import { parseJsonBody } from '../../gateway/protocols/json';
import { keyArn } from '../kms/key-arn';
import type { Observe } from '../service';
import { Secrets } from './secrets';

/** Learns the policies of secrets, their keys, which are marked for deletion, and the ARNs that their names stand for. */
export const observe: Observe = (call, answer, { learned }) => {
  const { operation, parameters, region, accountId } = call;
  const p = parameters as Record<string, string | undefined>;
  const { ARN: arn } = parseJsonBody(Buffer.from(answer.body)) as { ARN?: string };
  if (!arn) return;
  const secrets = learned.of(Secrets);
  switch (operation) {
    case 'CreateSecret':
      if (p.Name) learned.namedArns.set(nameKey('secretsmanager', accountId, region, p.Name), arn);
      learnKey(arn, call, learned);
      return;
    case 'UpdateSecret':
      learnKey(arn, call, learned);
      return;
    case 'PutResourcePolicy':
      learned.setResourcePolicy(arn, p.ResourcePolicy);
      return;
    case 'DeleteResourcePolicy':
      learned.setResourcePolicy(arn, undefined);
      return;
    case 'DeleteSecret':
      if (!parameters.ForceDeleteWithoutRecovery) {
        secrets.marked.add(arn);
        return;
      }
      secrets.forget(arn);
      learned.setResourcePolicy(arn, undefined);
      return;
    case 'RestoreSecret':
      secrets.marked.delete(arn);
      return;
  }
};

/** A key that is not named stays as it was; AWS's own for Secrets Manager is nobody's key to give. */
function learnKey(arn: string, call: ApiCall, learned: Learned): void {
  const { KmsKeyId } = call.parameters;
  if (typeof KmsKeyId !== 'string' || KmsKeyId === '') return;
  const { keys } = learned.of(Secrets);
  if (KmsKeyId.endsWith('alias/aws/secretsmanager')) keys.delete(arn);
  else keys.set(arn, keyArn(call, learned, KmsKeyId));
}
