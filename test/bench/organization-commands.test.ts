import {
  doctor,
  doctorBefore,
  plan,
  preview,
  questionOf as questionWithHeap,
  reconciled,
} from '../../bench/organization/commands';

const accounts = 26;
/** But for the one that is excluded, with the hub. */
const covered = accounts;
const regions = 2;
/** Nothing is asserted of memory, and garbage is collected slowly where many test files have left some. */
const questionOf = (count: number) => questionWithHeap(count, () => 0);

describe('commands over an organization on a virtual clock', () => {
  it('ask every account and Region by the doctor, which is content', async () => {
    const { calls, seconds } = await doctor(questionOf(accounts));
    expect(calls.get('STS AssumeRole')).toBe(covered + 1);
    for (const operation of ['AWS Config DescribeConfigRules', 'EventBridge ListRules'])
      expect([operation, calls.get(operation)]).toEqual([operation, covered * regions]);
    expect(seconds).toBeGreaterThan(1);
  });

  it('read recorders and opt-ins before a deployment', async () => {
    const { calls } = await doctorBefore(questionOf(accounts));
    expect(calls.get('AWS Config DescribeConfigurationRecorders')).toBe(covered * regions);
  });

  it('foretell by the plan what becomes of each finding of the accounts whose flag changes', async () => {
    const { calls, result } = await plan(questionOf(accounts));
    expect(result).toBe('115 findings would wait');
    // One for each finding, and one for the first page of the whole ledger.
    expect(calls.get('DynamoDB Query')).toBe(115 + 1);
  });

  it('read the organization page by page', async () => {
    const { calls } = await preview(questionOf(accounts));
    // The root, two units above, and two of 25 accounts and of one, the first of them on two pages.
    expect(calls.get('Organizations ListAccountsForParent')).toBe(6);
  });

  it('try again by the reconcile what failed, and come to the same each time', async () => {
    const [one, other] = [await reconciled(questionOf(accounts)), await reconciled(questionOf(accounts))];
    expect(one.calls.get('CloudFormation UpdateStackInstances')).toBeGreaterThan(0);
    expect([one.seconds, one.result, [...one.calls]]).toEqual([
      other.seconds,
      other.result,
      [...other.calls],
    ]);
  });
});
