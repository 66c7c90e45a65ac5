import { controlTowerNames } from './organization';

/** Spares the role with which Control Tower itself works in members, and nobody else. */
const exceptControlTower = {
  ArnNotLike: { 'aws:PrincipalArn': `arn:*:iam::*:role/${controlTowerNames.role}` },
};

/**
 * Mandatory controls, as the service control policy that Control Tower attaches to each unit it governs.
 * https://docs.aws.amazon.com/controltower/latest/controlreference/mandatory-controls.html
 */
export const mandatoryControls = policyOf(
  {
    Sid: 'GRCONFIGENABLED',
    Effect: 'Deny',
    Action: [
      'config:DeleteConfigurationRecorder',
      'config:DeleteDeliveryChannel',
      'config:DeleteRetentionConfiguration',
      'config:PutConfigurationRecorder',
      'config:PutDeliveryChannel',
      'config:PutRetentionConfiguration',
      'config:StopConfigurationRecorder',
    ],
    Resource: '*',
    Condition: exceptControlTower,
  },
  {
    Sid: 'GRCLOUDTRAILENABLED',
    Effect: 'Deny',
    Action: [
      'cloudtrail:DeleteTrail',
      'cloudtrail:PutEventSelectors',
      'cloudtrail:StopLogging',
      'cloudtrail:UpdateTrail',
    ],
    Resource: 'arn:*:cloudtrail:*:*:trail/aws-controltower-*',
    Condition: exceptControlTower,
  },
  {
    Sid: 'GRIAMROLEPOLICY',
    Effect: 'Deny',
    Action: [
      'iam:AttachRolePolicy',
      'iam:CreateRole',
      'iam:DeleteRole',
      'iam:DeleteRolePolicy',
      'iam:DetachRolePolicy',
      'iam:PutRolePolicy',
      'iam:UpdateAssumeRolePolicy',
      'iam:UpdateRole',
    ],
    Resource: ['arn:*:iam::*:role/aws-controltower-*', 'arn:*:iam::*:role/*AWSControlTower*'],
    Condition: exceptControlTower,
  },
);

/** An opinion of this organization's own, about one account: nobody makes roles there. */
export const noNewRoles = policyOf({
  Sid: 'NoNewRoles',
  Effect: 'Deny',
  Action: ['iam:CreateRole', 'iam:PutRolePolicy'],
  Resource: '*',
  Condition: exceptControlTower,
});

function policyOf(...Statement: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}
