import { randomUUID } from 'node:crypto';
import type { ApiAnswer, ApiCall } from '../../gateway/api';
import { escapeXml } from '../../gateway/protocols/xml';
import { defaultRegions, optInRegions, RegionOptIns } from '../account/regions';
import type { Quirks } from '../service';
import { answerBlock, blockOperations } from './block-public-access';
import { askMotoForShares, withOpenSnapshots } from './moto-shares';
import { Sharing } from './sharing';

/** What EC2 does and moto does not: Regions that an account has not opted in to, and settings that block sharing with everybody. */
export const quirks: Quirks = {
  check: (call, learned) => learned.of(Sharing).check(call),
  askMoto: askMotoForShares,
  effective: (call, answer, learned) => withOpenSnapshots(call, answer, learned.of(Sharing)),
  standIn: ({ learned }) => ({
    operations: ['DescribeRegions', ...blockOperations],
    answer: async (call) =>
      blockOperations.includes(call.operation)
        ? answerBlock(call, learned.of(Sharing))
        : describeRegions(call, learned.of(RegionOptIns)),
  }),
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html */
function describeRegions({ accountId, parameters }: ApiCall, optIns: RegionOptIns): ApiAnswer {
  const names = Array.isArray(parameters.RegionName) ? parameters.RegionName : undefined;
  const filters = Array.isArray(parameters.Filter) ? (parameters.Filter as Filter[]) : [];
  const items = [...defaultRegions, ...optInRegions]
    .map((region) => ({ region, status: statusOf(accountId, region, optIns) }))
    .filter(({ status }) => parameters.AllRegions === 'true' || status !== 'not-opted-in')
    .filter(({ region }) => names === undefined || names.includes(region))
    .filter(({ region, status }) =>
      filters.every(({ Name, Value = [] }) =>
        Name === 'opt-in-status' ? Value.includes(status) : Name !== 'region-name' || Value.includes(region),
      ),
    )
    .map(
      ({ region, status }) =>
        `<item><regionName>${escapeXml(region)}</regionName><regionEndpoint>ec2.${escapeXml(region)}.amazonaws.com</regionEndpoint>` +
        `<optInStatus>${status}</optInStatus></item>`,
    );
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      `<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>${randomUUID()}</requestId>` +
      `<regionInfo>${items.join('')}</regionInfo></DescribeRegionsResponse>`,
  };
}

interface Filter {
  Name?: string;
  Value?: string[];
}

function statusOf(accountId: string, region: string, optIns: RegionOptIns): string {
  if (!optInRegions.includes(region)) return 'opt-in-not-required';
  return optIns.isEnabled(accountId, region) ? 'opted-in' : 'not-opted-in';
}
