import { deputiesJson, deputiesText } from '../../../cli/findings/deputies-text';

const queues = {
  accountId: '222222222222',
  region: 'eu-west-1',
  control: 'sqs-public-policy',
  count: 12,
  named: ['one', 'two'],
};

describe('what is reported beside findings', () => {
  it('is one sentence, and the command that lists it', () => {
    const topics = { ...queues, accountId: '333333333333', control: 'sns-public-policy', count: 1 };
    expect(deputiesText([queues, { ...queues, region: 'us-east-1' }, topics])).toBe(
      "Beside findings, of low severity: 25 policies let in one of AWS's services, whosever request it acts on, in 2 accounts. Listed by:\n  npm run -s staunch -- coverage",
    );
  });

  it('is nothing where nothing is reported', () => {
    expect(deputiesText([])).toBeUndefined();
  });

  it('has no name of a finding for programs', () => {
    expect(deputiesJson(queues)).toEqual({
      accountId: '222222222222',
      region: 'eu-west-1',
      control: 'sqs-public-policy',
      severity: 'low',
      confusedDeputies: 12,
      named: ['one', 'two'],
    });
  });
});
