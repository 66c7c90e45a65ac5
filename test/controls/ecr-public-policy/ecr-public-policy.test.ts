import { control } from '../../../controls/ecr-public-policy';
import type { JsonObject } from '../../../core/json';
import { repositoryFromApi } from '../../../resources/repository/model';

const partner = 'arn:aws:iam::444455556666:root';
const parameters = control.parameters.parse({});
const statement = (Principal: JsonObject | string, more: JsonObject = {}): JsonObject => ({
  Effect: 'Allow',
  Principal,
  Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  ...more,
});
const repository = (...Statement: JsonObject[]) =>
  repositoryFromApi({ repositoryName: 'images', policyText: JSON.stringify({ Statement }) });
const deny = (Condition: JsonObject) => statement('*', { Effect: 'Deny', Action: 'ecr:*', Condition });

describe('a repository', () => {
  it('keeps the principals that a public statement names', () => {
    const plan = control.plan(repository(statement({ AWS: [partner, '*'] })), [], parameters);
    expect(plan).toMatchObject({
      changes: [{ action: 'editStatement', after: { Principal: { AWS: [partner] } } }],
      lossy: false,
    });
  });

  it('loses its policy where all of it is public', () => {
    const { changes } = control.plan(repository(statement('*')), [], parameters);
    expect(changes).toMatchObject([{ action: 'deletePolicy' }]);
  });

  it.each<[string, JsonObject, string]>([
    ['the organization', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } }, 'COMPLIANT'],
    ['requests by TLS', { Bool: { 'aws:SecureTransport': 'false' } }, 'NON_COMPLIANT'],
    [
      'repositories with a tag, which is the same for everybody',
      { StringNotEquals: { 'ecr:ResourceTag/team': 'a' } },
      'NON_COMPLIANT',
    ],
  ])(
    'for everybody under a Deny for all but %s is judged by whom that leaves',
    (_what, condition, verdict) => {
      const judged = control.evaluate(repository(statement('*'), deny(condition)), parameters);
      expect(judged.compliance).toBe(verdict);
    },
  );
});
