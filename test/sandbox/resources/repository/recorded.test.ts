import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { control } from '../../../../controls/ecr-public-policy';
import { ecrClient } from '../../../../sandbox/resources/repository/recorded';
import {
  administrator,
  createFixture,
  customRule,
  type Fixture,
  home,
  stopMotoOfThisFile,
} from '../../services/config/support/fixture';

const repositoryName = 'team/images';
const policyText = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }],
});
let fixture: Fixture;

beforeEach(async () => {
  fixture = await createFixture();
  await fixture.startRecording('AWS::ECR::Repository');
});
afterEach(() => fixture.stop());
afterAll(stopMotoOfThisFile);

it('records a repository by its name, from its beginning to its end, with the policy where the control looks for it', async () => {
  const ecr = ecrClient(administrator(fixture.gateway));
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  await fixture.settled();
  await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
  await fixture.settled();
  await fixture.config.putRule(customRule('AWS::ECR::Repository'));
  await fixture.settled();
  const { configurationItem: item } = JSON.parse(fixture.invocations.at(-1)?.invokingEvent ?? '{}');
  expect(item).toMatchObject({
    resourceId: repositoryName,
    ARN: `arn:aws:ecr:${home.region}:${home.accountId}:repository/${repositoryName}`,
  });
  const repository = control.fromConfigurationItem(item);
  expect(control.evaluate(repository, control.parameters.parse({})).compliance).toBe('NON_COMPLIANT');

  await ecr.send(new DeleteRepositoryCommand({ repositoryName }));
  await fixture.settled();
  const items = fixture.of('item').map(({ resourceId, status }) => [resourceId, status]);
  expect(items.at(0)).toEqual([repositoryName, 'ResourceDiscovered']);
  expect(items.at(-1)).toEqual([repositoryName, 'ResourceDeleted']);
});
