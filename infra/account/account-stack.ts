import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RecorderMode } from '../../config/recorder';
import { accountStackName } from '../../core/names';
import { customOf } from '../custom-of';
import { hubSynthesizer } from '../hub-synthesizer';
import { AccessRoles } from '../members/access-roles';
import type { MemberProps } from '../members/member-props';
import { Recording } from '../members/recording';
import { RemediationRole } from '../members/remediation-role';
import { Rules } from '../members/rules';
import { TrailForwarding } from '../members/trail-forwarding';

/** What an account gets in one Region. */
export interface AccountStackProps extends MemberProps {
  /** Twelve digits. */
  account: string;
  region: string;
  recorder: RecorderMode;
  /** Whether something may be changed there. */
  remediation: boolean;
}

/** What the stack sets bring to a member, as one plain stack; roles, which are global, only in the hub's Region. */
export class AccountStack extends Stack {
  constructor(scope: Construct, id: string, props: AccountStackProps) {
    const { account, region, organization, controls, recorder, remediation } = props;
    super(scope, id, {
      stackName: accountStackName,
      description: 'Staunch: what an account gets that no stack set reaches.',
      env: { account, region },
      synthesizer: hubSynthesizer(),
    });
    const { hub } = organization;
    const roles =
      region === hub.region
        ? [
            new AccessRoles(this, 'Access', props),
            ...(remediation ? [new RemediationRole(this, 'Remediation', props)] : []),
          ]
        : [];
    new TrailForwarding(this, 'TrailForwarding', { hub, controls: customOf(controls) }).node.addDependency(
      ...roles,
    );
    const recording =
      recorder === 'own'
        ? [
            new Recording(this, 'Recording', {
              hub,
              controls: customOf(controls),
              frequency: organization.recorder.frequency,
            }),
          ]
        : [];
    for (const each of recording) each.node.addDependency(...roles);
    if (recorder !== 'none') new Rules(this, 'Rules', props).node.addDependency(...roles, ...recording);
  }
}
