import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CloseAccountCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { createClients } from '../../cloudformation/clients';
import type { Gateway } from '../../gateway/api';
import { enableRegion } from '../../services/account/enable-region';
import type { Organization } from '../../services/organizations/organization';
import { idOf } from '../policy';
import { mandatoryControls, noNewRoles } from './controls';
import {
  governedRegions,
  logArchive,
  controlTowerNames as names,
  optInRegion,
  unusual,
} from './organization';

const home = governedRegions[0];

/**
 * Makes what Control Tower makes in an organization, and what else is out of the ordinary there: recorders and delivery channels in
 * every governed Region of every member, the organization's trail, controls, a suspended account, one whose policies deny, and a
 * Region that one account has not opted in to.
 */
export async function layBaseline(made: { gateway: Gateway; organization: Organization }): Promise<void> {
  const { gateway, organization } = made;
  const members = Object.values(organization.accounts);
  const spared = idOf(organization.accounts, optInRegion.exceptIn);
  for (const accountId of [organization.managementAccountId, ...members]) {
    if (accountId !== spared) await enableRegion(gateway, accountId, optInRegion.region);
  }
  const bucket = await makeLogArchive(gateway, organization);
  await makeTrail(gateway, organization, bucket);
  await Promise.all(
    members.map((accountId) => makeRecorders(gateway, accountId, bucket, accountId === spared)),
  );
  await attachControls(gateway, organization);
  await organizationsOf(gateway, organization).send(
    new CloseAccountCommand({ AccountId: idOf(organization.accounts, unusual.suspended) }),
  );
}

async function makeLogArchive(gateway: Gateway, { accounts, organizationId }: Organization): Promise<string> {
  const accountId = idOf(accounts, logArchive);
  const Bucket = `aws-controltower-logs-${accountId}-${home}`;
  const s3 = createClients(gateway)({ accountId, region: home }, S3Client);
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: home } }));
  const service = { Service: ['cloudtrail.amazonaws.com', 'config.amazonaws.com'] };
  const ofOrganization = { StringEquals: { 'aws:SourceOrgID': organizationId } };
  const statement = (Action: string, Resource: string) => ({
    ...{ Effect: 'Allow', Principal: service, Action, Resource, Condition: ofOrganization },
  });
  const Statement = [
    statement('s3:GetBucketAcl', `arn:aws:s3:::${Bucket}`),
    statement('s3:PutObject', `arn:aws:s3:::${Bucket}/*`),
  ];
  await s3.send(
    new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
  );
  return Bucket;
}

async function makeTrail(
  gateway: Gateway,
  { managementAccountId: accountId }: Organization,
  S3BucketName: string,
): Promise<void> {
  const cloudTrail = createClients(gateway)({ accountId, region: home }, CloudTrailClient);
  await cloudTrail.send(
    new CreateTrailCommand({
      Name: names.trail,
      S3BucketName,
      IsMultiRegionTrail: true,
      IsOrganizationTrail: true,
    }),
  );
  await cloudTrail.send(new StartLoggingCommand({ Name: names.trail }));
}

/** Control Tower works in members with a role of its own, which its controls spare. */
async function makeRecorders(
  gateway: Gateway,
  accountId: string,
  s3BucketName: string,
  isSpared: boolean,
): Promise<void> {
  const credentials = gateway.administratorSession(accountId, names.role, 'baseline');
  const clientOf = createClients(gateway, () => credentials);
  const trust = { Service: 'config.amazonaws.com' };
  const iam = clientOf({ accountId, region: home }, IAMClient);
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: names.recorderRole,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: trust, Action: 'sts:AssumeRole' }],
      }),
    }),
  );
  const delivery = {
    Effect: 'Allow',
    Action: ['s3:GetBucketAcl', 's3:PutObject'],
    Resource: [`arn:aws:s3:::${s3BucketName}`, `arn:aws:s3:::${s3BucketName}/*`],
  };
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: names.recorderRole,
      PolicyName: 'delivery',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [delivery] }),
    }),
  );
  const regions = isSpared ? governedRegions : [...governedRegions, optInRegion.region];
  for (const region of regions) {
    const config = clientOf({ accountId, region }, ConfigServiceClient);
    await config.send(
      new PutConfigurationRecorderCommand({
        ConfigurationRecorder: {
          name: names.recorder,
          roleARN: Role?.Arn,
          recordingGroup: { allSupported: true, includeGlobalResourceTypes: region === home },
        },
      }),
    );
    await config.send(
      new PutDeliveryChannelCommand({ DeliveryChannel: { name: names.channel, s3BucketName } }),
    );
    await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: names.recorder }));
  }
}

async function attachControls(gateway: Gateway, organization: Organization): Promise<void> {
  const organizations = organizationsOf(gateway, organization);
  const Type = 'SERVICE_CONTROL_POLICY';
  const attach = async (Name: string, Content: string, targets: readonly string[]): Promise<void> => {
    const { Policy } = await organizations.send(
      new CreatePolicyCommand({ Name, Content, Description: Name, Type }),
    );
    for (const TargetId of targets) {
      await organizations.send(new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId }));
    }
  };
  await organizations.send(new EnablePolicyTypeCommand({ RootId: organization.rootId, PolicyType: Type }));
  const governed = ['Security', 'Infrastructure', 'Workloads', 'Sandbox'];
  await attach(
    'aws-guardrails-mandatory',
    mandatoryControls,
    governed.map((unit) => idOf(organization.units, unit)),
  );
  await attach('no-new-roles', noNewRoles, [idOf(organization.accounts, unusual.denied)]);
}

function organizationsOf(gateway: Gateway, { managementAccountId }: Organization): OrganizationsClient {
  // AWS Organizations has one endpoint for all Regions.
  return createClients(gateway)({ accountId: managementAccountId, region: 'us-east-1' }, OrganizationsClient);
}
