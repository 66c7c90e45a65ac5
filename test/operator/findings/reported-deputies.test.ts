import type { PlaceCoverage } from '../../../ledger/coverage/place-coverage';
import type { FindingRecord } from '../../../ledger/findings/record';
import { listFindings } from '../../../operator/findings/list-findings';
import { reportedDeputies } from '../../../operator/findings/reported-deputies';
import { tree, watched, watchedHub } from '../coverage/watched-hub';
import { bucketRecord } from '../records';

const queues = { control: 'sqs-public-policy', count: 2, named: ['one', 'two'] };
const topics = { control: 'sns-public-policy', count: 1, named: ['news'] };
const place = (accountId: string, region: string): PlaceCoverage => ({
  accountId,
  region,
  since: '2026-11-20T00:00:00.000Z',
  types: {
    'AWS::SQS::Queue': { deputies: [queues] },
    'AWS::SNS::Topic': { deputies: [topics] },
    'AWS::S3::Bucket': { resources: 4 },
  },
});
const items = [place(watched.trial, 'us-east-1'), place(watched.payments, 'eu-west-1')];
const inTrial = { accountId: watched.trial, region: 'us-east-1' };
const inPayments = { accountId: watched.payments, region: 'eu-west-1' };

describe('what the patrol reports beside findings', () => {
  it('is told by account, Region and control', () => {
    expect(reportedDeputies(items, tree)).toEqual([
      { ...inPayments, ...topics },
      { ...inPayments, ...queues },
      { ...inTrial, ...topics },
      { ...inTrial, ...queues },
    ]);
  });

  it('is not told of accounts that are closed, or have left the organization', () => {
    const others = [place(watched.closed, 'eu-west-1'), place('999999999999', 'eu-west-1')];
    expect(reportedDeputies(others, tree)).toEqual([]);
    expect(reportedDeputies(others, undefined)).toHaveLength(4);
  });
});

describe('a list of findings', () => {
  const hub = () => {
    const list = async function* (): AsyncGenerator<FindingRecord> {
      yield bucketRecord({});
    };
    return watchedHub(() => items, {
      ledger: { list },
      stopSwitch: { stops: async () => [] },
      liftedLimits: { read: async () => ({ version: 0 }) },
    });
  };

  it('has what is reported beside them, of the account and the control that were asked for', async () => {
    const { deputies } = await listFindings(
      hub(),
      { all: false, control: 'sqs-public-policy' },
      watched.trial,
    );
    expect(deputies).toEqual([{ ...inTrial, ...queues }]);
    expect((await listFindings(hub(), { all: false })).deputies).toHaveLength(4);
  });

  it('has nothing of it where states were asked for', async () => {
    expect((await listFindings(hub(), { all: false, states: ['waiting'] })).deputies).toEqual([]);
  });
});
