import {
  configBucketName,
  functionNames,
  ledgerTableName,
  ordersApiName,
  queueNames,
  remediationFunctionName,
  savedStatesTableName,
  slackApiName,
} from '../../core/names';
import { accessLogGroupName, logGroupName } from '../../infra/statements';
import { resourceTypes } from '../../resources/resource-types';
import { pageText, sections } from './support/pages';

interface Statement {
  Sid: string;
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
}

describe("the auditor's policy in docs/audit.md", () => {
  const text = pageText('docs/audit.md');
  const [, json = ''] =
    /```json\n([\s\S]*?)```/.exec(sections(text, 2).get('A policy to read with') ?? '') ?? [];
  const statements = (JSON.parse(json) as { Statement: Statement[] }).Statement;
  const resources = (sid: string) => [statements.find(({ Sid }) => Sid === sid)?.Resource ?? []].flat();
  const named = (service: string, names: readonly string[]) =>
    names.map((name) => `arn:aws:${service}:REGION:HUB:${name}`).sort();
  const functions = [
    ...Object.values(functionNames),
    ...Object.values(resourceTypes).map(({ slug }) => remediationFunctionName(slug)),
  ];

  it('names every table, function, log group, queue and bucket of the hub, and no other', () => {
    expect(resources('ReadFindings').sort()).toEqual(
      named('dynamodb', [`table/${ledgerTableName}`, `table/${savedStatesTableName}`]),
    );
    expect(resources('ReadFunctions').sort()).toEqual(
      named(
        'lambda',
        functions.map((name) => `function:${name}`),
      ),
    );
    expect(resources('ReadLogs').sort()).toEqual(
      named(
        'logs',
        [...functions.map(logGroupName), ...[ordersApiName, slackApiName].map(accessLogGroupName)].map(
          (group) => `log-group:${group}:*`,
        ),
      ),
    );
    const bucket = `arn:aws:s3:::${configBucketName({ account: 'HUB' })}`;
    expect(resources('ReadDeliveredHistory')).toEqual([bucket, `${bucket}/*`]);
    expect(resources('ReadQueues').sort()).toEqual(named('sqs', Object.values(queueNames)));
  });

  it('allows reading alone: no order, no secret, no role', () => {
    for (const { Effect, Action } of statements) {
      expect(Effect).toBe('Allow');
      for (const action of [Action].flat()) {
        expect(action).toMatch(
          /^(dynamodb|logs|lambda|s3|sqs|cloudwatch|iam|organizations):(Get|List|Describe|Query|Scan|Filter)/,
        );
        expect(action).not.toContain('*');
      }
    }
  });
});
