import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { clientConfiguration } from '../kit/client-configuration';
import { type Adapter, settlesSoon } from '../kit/live-resource';
import { applyToGroup } from './apply';
import type { SecurityGroup } from './model';
import { readGroup } from './read';
import { undoInGroup } from './restore';
import { planUndo } from './undo';

/**
 * Reads and changes security groups.
 * @param overrides of the EC2 client's configuration
 */
export function securityGroupAdapter(overrides: EC2ClientConfig = {}): Adapter<SecurityGroup> {
  return {
    resourceType: 'AWS::EC2::SecurityGroup',
    planUndo,
    open({ finding, credentials, signal, mayWrite }) {
      const client = new EC2Client({ ...clientConfiguration(finding.region, credentials), ...overrides });
      const access = { client, groupId: finding.resourceId, signal, mayWrite };
      return {
        settling: settlesSoon,
        read: () => readGroup(client, finding.resourceId, signal),
        apply: (plan, _reading, onApplied) => applyToGroup(access, plan, onApplied),
        applyUndo: (changes, onApplied) => undoInGroup(access, changes, onApplied),
        close: () => client.destroy(),
      };
    },
  };
}

/** The name by which the type's remediation function finds it. */
export { securityGroupAdapter as adapter };
