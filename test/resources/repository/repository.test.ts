import { control } from '../../../controls/ecr-public-policy';
import { ResourceInputError } from '../../../core/errors';
import type { FixHistory } from '../../../core/fix-step';
import type { Json } from '../../../core/json';
import { repositoryFromApi, repositoryItems } from '../../../resources/repository/model';
import { planUndo } from '../../../resources/repository/undo';
import { unmatchable } from '../../../resources/resource-types';

const type = 'AWS::ECR::Repository';
const repositoryName = 'team/images';
const parameters = control.parameters.parse({});
const open = { Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' };
const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [open] }, undefined, 1);
const repository = (policy: string | null, createdAt = '2026-01-01T00:00:00.000Z'): Json => ({
  repositoryName,
  createdAt,
  policyText: policy,
});

describe('the name of a repository', () => {
  it.each(['team/images', '*', 'team/*', 'a*z'])('may be meant by %s', (pattern) => {
    expect(unmatchable(type, pattern)).toBeUndefined();
  });

  it.each([
    ['arn:aws:ecr:eu-west-1:222222222222:repository/team/images'],
    ['222222222222.dkr.ecr.eu-west-1.amazonaws.com/team/images:latest'],
  ])('is told of %s', (pattern) => {
    expect(unmatchable(type, pattern)).toBe("write the repository's name alone: team/images.");
  });
});

describe('what is known of a repository', () => {
  it.each([
    ['a repository of a list, which tells no policy', { repositoryName, repositoryArn: 'x' }],
    ['no policy', { repositoryName, policyText: '{' }],
  ])('is not taken from %s', (_what, answer) => {
    expect(() => repositoryFromApi(answer)).toThrow(ResourceInputError);
  });

  const item = (configuration: object) => ({ resourceType: type, resourceId: repositoryName, configuration });

  it('is decided by an item with a policy, and not by one without', () => {
    const whole = repositoryItems.fromConfigurationItem(
      item({ RepositoryPolicyText: JSON.parse(policyText) }),
    );
    expect(control.evaluate(whole, parameters).compliance).toBe('NON_COMPLIANT');
    expect(control.undecided?.(whole, parameters)).toBeUndefined();
    for (const RepositoryPolicyText of [undefined, null, '']) {
      const without = repositoryItems.fromConfigurationItem(item({ RepositoryPolicyText }));
      expect(control.undecided?.(without, parameters)).toMatch(/did not record the policy/);
    }
  });
});

describe("the undo of a repository's fix", () => {
  const { changes } = control.plan(repositoryFromApi(repository(policyText)), [], parameters);
  const history: FixHistory = {
    steps: [{ before: repository(policyText), changes, made: changes }],
    after: repository(null),
  };

  it('gives a deleted policy back to the byte', () => {
    expect(changes).toMatchObject([{ action: 'deletePolicy' }]);
    expect(planUndo(history, repository(null))).toMatchObject({
      kind: 'undo',
      changes: [{ action: 'restorePolicy', before: null, policy: policyText }],
    });
  });

  it('changes nothing where the repository is another one of that name', () => {
    expect(planUndo(history, repository(null, '2026-02-02T00:00:00.000Z'))).toEqual({
      kind: 'changed',
      differences: ['The repository was deleted since the fix, and another was made.'],
    });
  });
});
