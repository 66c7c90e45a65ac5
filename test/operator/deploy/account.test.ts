import { deployAccount, destroyAccount } from '../../../operator/deploy/account/account-work';
import { quietHost } from '../fake-hub';
import { FakeCloudFormation } from './fake-cloudformation';

const account = '111111111111';
const [home, other] = ['staunch-account-eu-west-1', 'staunch-account-us-east-1'];

let cloud: FakeCloudFormation;

beforeEach(() => {
  cloud = new FakeCloudFormation();
  cloud.caller = account;
});

const work = () => ({
  access: cloud.access,
  host: quietHost(),
  pause: async () => {},
  account,
  regions: ['eu-west-1', 'us-east-1'],
  cdk: cloud.cdk,
});

describe('the stacks of an account that no stack set reaches', () => {
  it('are made in the Region of the roles first, and removed there last', async () => {
    expect(await deployAccount(work())).toMatchObject({
      ok: true,
      stacks: [
        { stack: home, ok: true },
        { stack: other, ok: true },
      ],
    });
    expect(cloud.done).toEqual([`deploy ${home}`, `deploy ${other}`]);
    cloud.done.length = 0;

    expect((await destroyAccount(work())).ok).toBe(true);
    expect(cloud.done).toEqual([`destroy ${other}`, `destroy ${home}`]);
  });

  it('stop at the one that failed, and go on there later', async () => {
    cloud.failing.set(home, 'ROLLBACK_COMPLETE');

    expect(await deployAccount(work())).toMatchObject({
      ok: false,
      stacks: [{ stack: home, ok: false, said: ['it failed'] }],
    });
    expect((await deployAccount(work())).ok).toBe(true);
  });

  it.each([
    ['of another account', () => (cloud.caller = '222222222222'), 'take credentials of account 111111111111'],
    [
      'a stack set reaches it',
      () => cloud.memberStacks.push('StackSet-staunch-access-accounts-0f3a'),
      'A stack set reaches account 111111111111',
    ],
    [
      'a Region is not bootstrapped',
      () => cloud.bare.add('us-east-1'),
      'npx cdk bootstrap aws://111111111111/us-east-1',
    ],
  ])('are refused before anything is made: %s', async (_why, given, said) => {
    given();

    await expect(deployAccount(work())).rejects.toThrow(said);
    expect(cloud.done).toEqual([]);
  });
});
