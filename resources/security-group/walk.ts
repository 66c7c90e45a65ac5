import { DescribeSecurityGroupsCommand, EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { walkConfiguration } from '../kit/client-configuration';
import { type TypeWalk, walkEach } from '../kit/walk';
import { type SecurityGroup, securityGroupFromApi } from './model';
import { type KnownPrefixLists, prefixListEntries } from './read';

/** From 5 to 1,000: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html */
const groupsInPage = 500;

/**
 * Walks security groups. A page holds their permissions; the entries of each prefix list are read once.
 * @param overrides of the EC2 client's configuration
 */
export function securityGroupWalk(overrides: EC2ClientConfig = {}): TypeWalk<SecurityGroup> {
  return {
    resourceType: 'AWS::EC2::SecurityGroup',
    open({ place, credentials, signal }) {
      const client = new EC2Client({ ...walkConfiguration(place.region, credentials), ...overrides });
      const known: KnownPrefixLists = new Map();
      return {
        async page(token) {
          const { SecurityGroups = [], NextToken } = await client.send(
            new DescribeSecurityGroupsCommand({
              MaxResults: groupsInPage,
              ...(token && { NextToken: token }),
            }),
            { abortSignal: signal },
          );
          const byId = new Map(
            SecurityGroups.flatMap((group) => (group.GroupId ? [[group.GroupId, group]] : [])),
          );
          const walked = await walkEach([...byId.keys()], async (id) => {
            const group = byId.get(id) ?? {};
            return securityGroupFromApi(group, {
              prefixLists: await prefixListEntries(client, group, signal, known),
            });
          });
          return { walked, ...(NextToken && { next: NextToken }) };
        },
        close: () => client.destroy(),
      };
    },
  };
}
