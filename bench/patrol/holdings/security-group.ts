import type { Holding } from './holding';

const prefixListId = 'pl-0123456789abcdef0';

/** Groups for the account's own networks, one of which lets a prefix list in. One of the account lets the internet in on SSH. */
export const securityGroups: Holding = {
  usual: 20,
  large: 500,
  plant(aws, { accountId, region, account, regionNumber }, index) {
    if (index === 0) aws.ec2.createPrefixList(prefixListId, ['10.0.0.0/8']);
    const id = account * 10_000 + regionNumber * 1_000 + index;
    const isOpen = index === 1 && regionNumber === 0;
    const permissions = [
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      isOpen
        ? { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
        : { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '10.1.0.0/16' }] },
      ...(index === 0
        ? [
            {
              IpProtocol: 'tcp',
              FromPort: 8443,
              ToPort: 8443,
              PrefixListIds: [{ PrefixListId: prefixListId }],
            },
          ]
        : []),
    ];
    aws.ec2.createGroup(`sg-${id.toString(16).padStart(17, '0')}`, { accountId, region, permissions });
  },
};
