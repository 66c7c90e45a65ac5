import pc from 'picocolors';
import { plansText } from '../../../cli/findings/plans-text';
import { bucketRecord, recordOf } from '../../operator/records';

const revoke = {
  action: 'revoke',
  text: 'Take it.',
  protocol: 'tcp',
  fromPort: 22,
  toPort: 22,
  cidr: '0.0.0.0/0',
};

describe('findings with their plans', () => {
  it('are grouped by account, with the exact changes under each', () => {
    const records = [
      recordOf({
        state: 'waiting',
        reason: 'The flag asks.',
        plan: { changes: [revoke], lossy: true, losses: ['port 443'] },
      }),
      recordOf({ identity: { accountId: '333333333333', resourceId: 'sg-2' }, state: 'fixed' }),
      bucketRecord({
        omitted: { violations: 0, changes: 3 },
        plan: { changes: [], lossy: false, losses: [] },
      }),
    ];
    expect(
      plansText(records, ({ identity }) => identity.resourceId, pc.createColors(false)).split('\n'),
    ).toEqual([
      'account 222222222222, 2 findings',
      '  sg-0123456789abcdef0  security-group-open-ports, eu-west-1, critical, waiting for approval',
      '    The flag asks.',
      '      - tcp 22 from 0.0.0.0/0',
      '    What goes with it:',
      '      - port 443',
      '  photos  s3-public-access, eu-west-1, critical, reported',
      '      … and 3 more, which the ledger left out',
      '',
      'account 333333333333, 1 finding',
      '  sg-2  security-group-open-ports, eu-west-1, critical, fixed',
      '      - Port 22 is open to the internet.',
      '',
      '2 open, 1 closed.',
    ]);
  });
});
