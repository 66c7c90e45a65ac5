import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { BucketLocationConstraint, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { Place } from '../events';
import type { Gateway } from '../gateway/api';
import { callParameterStore } from '../services/ssm/parameters';
import { createClients } from './clients';
import { bootstrapVersion } from './parameters';

/** The qualifier that the CDK takes where an app names none. */
const qualifier = 'hnb659fds';

/**
 * What `cdk bootstrap` leaves in an account and Region: the bucket for assets, the roles that the CDK command line takes, and the
 * parameter by which it knows that they are there. The roles are as wide as AWS's own template makes them; that of CloudFormation
 * may do everything.
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export async function bootstrap(gateway: Gateway, place: Place): Promise<void> {
  const { accountId, region } = place;
  const clientOf = createClients(gateway);
  const iam = clientOf(place, IAMClient);
  const bucket = `cdk-${qualifier}-assets-${accountId}-${region}`;
  const nameOf = (role: string) => `cdk-${qualifier}-${role}-${accountId}-${region}`;
  const createRole = async (role: string, Principal: object, ...statements: object[]): Promise<void> => {
    const RoleName = nameOf(role);
    const trust = { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' };
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: documentOf([trust]) }));
    if (statements.length === 0) return;
    const PolicyDocument = documentOf(statements);
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'default', PolicyDocument }));
  };
  const account = { AWS: `arn:aws:iam::${accountId}:root` };
  const objects = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
  const version = `/cdk-bootstrap/${qualifier}/version`;
  const readsVersion = {
    Effect: 'Allow',
    Action: ['ssm:GetParameter', 'ssm:GetParameters'],
    Resource: `arn:aws:ssm:${region}:${accountId}:parameter${version}`,
  };

  // A bucket in us-east-1 is asked for without a location.
  const location = Object.values(BucketLocationConstraint).find((known) => known === region);
  await clientOf(place, S3Client).send(
    new CreateBucketCommand({
      Bucket: bucket,
      ...(location !== undefined && { CreateBucketConfiguration: { LocationConstraint: location } }),
    }),
  );
  await createRole('cfn-exec-role', { Service: 'cloudformation.amazonaws.com' });
  await iam.send(
    new AttachRolePolicyCommand({
      RoleName: nameOf('cfn-exec-role'),
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
  );
  await createRole(
    'deploy-role',
    account,
    { Effect: 'Allow', Action: 'cloudformation:*', Resource: '*' },
    { Effect: 'Allow', Action: ['s3:GetObject*', 's3:GetBucket*', 's3:List*'], Resource: objects },
    {
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: `arn:aws:iam::${accountId}:role/${nameOf('cfn-exec-role')}`,
    },
    readsVersion,
  );
  await createRole(
    'file-publishing-role',
    account,
    {
      Effect: 'Allow',
      Action: [
        's3:GetObject*',
        's3:GetBucket*',
        's3:GetEncryptionConfiguration',
        's3:List*',
        's3:DeleteObject*',
        's3:PutObject*',
        's3:Abort*',
      ],
      Resource: objects,
    },
    readsVersion,
  );
  await createRole('image-publishing-role', account, readsVersion);
  await createRole('lookup-role', account, readsVersion);
  await callParameterStore(
    'PutParameter',
    { Name: version, Type: 'String', Value: bootstrapVersion },
    { gateway, place, credentials: gateway.administratorOf(accountId) },
  );
}

function documentOf(Statement: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}
