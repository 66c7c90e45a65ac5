import { Aws, Validations } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { configBucketName, roleNames } from '../../core/names';
import { partitionOf } from '../../core/partition';
import { allow } from '../statements';
import { MemberRole } from './member-role';
import { serviceForThisAccount } from './principals';

/**
 * The role with which AWS Config records resources, and delivers their history to the hub's bucket:
 * https://docs.aws.amazon.com/config/latest/developerguide/iamrole-permissions.html
 */
export class ConfigRecorderRole extends MemberRole {
  constructor(scope: Construct, id: string, hub: Organization['hub']) {
    const bucket = `arn:${partitionOf(hub.region)}:s3:::${configBucketName(hub)}`;
    const folder = `${bucket}/AWSLogs/${Aws.ACCOUNT_ID}/Config/*`;
    super(scope, id, {
      name: roleNames.configRecorder,
      description: 'Lets AWS Config record resources and deliver their history to the hub.',
      assumedBy: serviceForThisAccount('config.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWS_ConfigRole')],
      statements: [
        allow({
          sid: 'FindBucket',
          actions: ['s3:GetBucketAcl', 's3:ListBucket'],
          resources: [bucket],
        }),
        allow({
          sid: 'DeliverHistory',
          // AWS Config sends an ACL with its objects.
          actions: ['s3:PutObject', 's3:PutObjectAcl'],
          resources: [folder],
        }),
      ],
      wildcards: { [folder]: 'AWS Config names the objects in the folder of this account.' },
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWS_ConfigRole]',
      reason:
        'What AWS Config has to read changes with the types that it supports; AWS keeps its policy up to date.',
    });
  }
}
