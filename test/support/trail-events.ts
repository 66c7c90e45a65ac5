import type { FindingIdentity } from '../../core/finding';

/** A call that CloudTrail recorded, as EventBridge puts its event on the queue. */
export function trailEvent(
  { accountId, region }: Pick<FindingIdentity, 'accountId' | 'region'>,
  detail: { eventSource: string; eventName: string } & Record<string, unknown>,
): string {
  const service = detail.eventSource.replace('.amazonaws.com', '');
  return JSON.stringify({
    version: '0',
    id: 'event-2',
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${service}`,
    account: accountId,
    time: '2026-11-23T10:00:03Z',
    region,
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${accountId}:user/maria`, userName: 'maria' },
      eventTime: '2026-11-23T10:00:00Z',
      awsRegion: region,
      sourceIPAddress: '192.0.2.17',
      userAgent: 'aws-cli/2.27.0 md/command#ec2.authorize-security-group-ingress',
      requestParameters: null,
      responseElements: { _return: true },
      eventType: 'AwsApiCall',
      ...detail,
    },
  });
}

/** A rule is added to a security group. */
export function authorizeEvent(
  identity: FindingIdentity,
  { cidr = '0.0.0.0/0', ...more }: { cidr?: string } & Record<string, unknown> = {},
): string {
  return trailEvent(identity, {
    eventSource: 'ec2.amazonaws.com',
    eventName: 'AuthorizeSecurityGroupIngress',
    requestParameters: {
      groupId: identity.resourceId,
      ipPermissions: {
        items: [
          {
            ipProtocol: 'tcp',
            fromPort: 22,
            toPort: 22,
            groups: {},
            ipRanges: { items: [{ cidrIp: cidr }] },
            ipv6Ranges: {},
            prefixListIds: {},
          },
        ],
      },
    },
    ...more,
  });
}

/** The patrol's word that a resource has to be looked at. */
export function lookMessage(identity: FindingIdentity, more: Record<string, unknown> = {}): string {
  return JSON.stringify({ version: 1, type: 'look', ...identity, detector: 'patrol', ...more });
}
