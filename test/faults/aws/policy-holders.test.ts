import {
  DeleteRepositoryPolicyCommand,
  ECRClient,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand as ListRepositoryTagsCommand,
  paginateDescribeRepositories,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import {
  DeleteResourcePolicyCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  paginateListSecrets,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import {
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { InMemoryAws } from './in-memory-aws';

const accountId = '222222222222';
const region = 'eu-west-1';
const place = { accountId, region };
const tags = { team: 'a' };
const createdAt = new Date('2026-01-01T00:00:00Z');
const topic = `arn:aws:sns:${region}:${accountId}:topic`;
const repository = `arn:aws:ecr:${region}:${accountId}:repository/team/images`;
const secret = `arn:aws:secretsmanager:${region}:${accountId}:secret:password-AbCdEf`;
const key = `arn:aws:kms:${region}:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const allow = (AWS: string, Action = '*', more: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action,
  Resource: '*',
  ...more,
});
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const own = policyOf(allow(`arn:aws:iam::${accountId}:root`));
const open = policyOf(allow('*'));
const ofSomebodyDeleted = policyOf(allow('AROA1234567890ABCDEF'), allow(accountId));

let aws: InMemoryAws;
let restore: () => void;
let sns: SNSClient;
let ecr: ECRClient;
let secrets: SecretsManagerClient;
let kms: KMSClient;

beforeEach(() => {
  aws = new InMemoryAws();
  restore = aws.install();
  const configuration = { region, credentials: aws.adminCredentials(accountId) };
  sns = new SNSClient(configuration);
  ecr = new ECRClient(configuration);
  secrets = new SecretsManagerClient(configuration);
  kms = new KMSClient(configuration);
  aws.sns.createTopic(topic, { ...place, policy: open, attributes: { DisplayName: 'd' }, tags });
  aws.ecr.createRepository({ ...place, name: 'team/images', createdAt, policy: open, tags });
  aws.secretsManager.createSecret(secret, { ...place, name: 'password', createdAt, policy: open, tags });
  aws.kms.createKey(key, { ...place, createdAt, policy: open, tags });
});
afterEach(() => restore());

/** A session of somebody who may read all of the account, and change nothing. */
const reader = () => {
  const ends = { expiresAt: Number.POSITIVE_INFINITY, sessionName: 's' };
  const credentials = aws.sessions.open({ accountId, roleName: 'staunch-read', ...ends });
  return { region, credentials };
};

describe('a topic in memory', () => {
  const setPolicy = (AttributeValue: string, client = sns) =>
    client.send(new SetTopicAttributesCommand({ TopicArn: topic, AttributeName: 'Policy', AttributeValue }));

  it('answers what it has', async () => {
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: topic }));
    expect(Attributes).toEqual({ TopicArn: topic, Owner: accountId, Policy: open, DisplayName: 'd' });
    expect((await sns.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: topic }]);
    const { Tags } = await sns.send(new ListTagsForResourceCommand({ ResourceArn: topic }));
    expect(Tags).toEqual([{ Key: 'team', Value: 'a' }]);
  });

  it('always keeps a policy, and one of living principals', async () => {
    for (const text of ['', '{}', 'no JSON', ofSomebodyDeleted]) {
      await expect(setPolicy(text)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    }
    await setPolicy(own);
    expect(aws.sns.topic(topic)?.policy).toBe(own);
  });

  it('refuses whom it does not know, and what is not there', async () => {
    await expect(setPolicy(own, new SNSClient(reader()))).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
    });
    aws.sns.deleteTopic(topic);
    await expect(setPolicy(own)).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

describe('a repository in memory', () => {
  const named = { repositoryName: 'team/images' };

  it('answers what it has, page by page', async () => {
    aws.ecr.createRepository({ ...place, name: 'team/others', createdAt });
    const pages: unknown[] = [];
    for await (const { repositories } of paginateDescribeRepositories({ client: ecr, pageSize: 1 }, {})) {
      pages.push(repositories?.map(({ repositoryArn }) => repositoryArn));
    }
    expect(pages).toEqual([[repository], [`arn:aws:ecr:${region}:${accountId}:repository/team/others`]]);
    const found = await ecr.send(new GetRepositoryPolicyCommand(named));
    expect(found).toMatchObject({ registryId: accountId, policyText: open });
    const listed = await ecr.send(new ListRepositoryTagsCommand({ resourceArn: repository }));
    expect(listed.tags).toEqual([{ Key: 'team', Value: 'a' }]);
  });

  it('keeps a policy of living principals, and loses it whole', async () => {
    const set = (policyText: string) => ecr.send(new SetRepositoryPolicyCommand({ ...named, policyText }));
    await expect(set(ofSomebodyDeleted)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await set(own);
    expect(aws.ecr.repository(repository)?.policy).toBe(own);
    await ecr.send(new DeleteRepositoryPolicyCommand(named));
    await expect(ecr.send(new GetRepositoryPolicyCommand(named))).rejects.toMatchObject({
      name: 'RepositoryPolicyNotFoundException',
    });
    aws.ecr.deleteRepository(repository);
    await expect(set(own)).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
  });
});

describe('a secret in memory', () => {
  const put = (ResourcePolicy: string, BlockPublicPolicy?: boolean) =>
    secrets.send(new PutResourcePolicyCommand({ SecretId: secret, ResourcePolicy, BlockPublicPolicy }));

  it('answers what it has, by its name too', async () => {
    const { Name, CreatedDate } = await secrets.send(new DescribeSecretCommand({ SecretId: 'password' }));
    expect([Name, CreatedDate]).toEqual(['password', createdAt]);
    const listed: unknown[] = [];
    for await (const { SecretList = [] } of paginateListSecrets({ client: secrets }, {})) {
      listed.push(...SecretList.map(({ ARN, Tags }) => [ARN, Tags]));
    }
    expect(listed).toEqual([[secret, [{ Key: 'team', Value: 'a' }]]]);
  });

  it('keeps a policy of living principals, and no public one that is to be blocked', async () => {
    await expect(put(ofSomebodyDeleted)).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
    await expect(put(open, true)).rejects.toMatchObject({ name: 'PublicPolicyException' });
    await put(own, true);
    expect(aws.secretsManager.secret(secret)?.policy).toBe(own);
    await secrets.send(new DeleteResourcePolicyCommand({ SecretId: secret }));
    const { ResourcePolicy } = await secrets.send(new GetResourcePolicyCommand({ SecretId: secret }));
    expect(ResourcePolicy).toBeUndefined();
  });

  it('has no policy to be set when it is marked for deletion, or gone', async () => {
    const state = aws.secretsManager.secret(secret);
    if (state) state.deletedAt = createdAt;
    await expect(put(own)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    aws.secretsManager.deleteSecret(secret);
    await expect(put(own)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('a key in memory', () => {
  const put = (Policy: string, BypassPolicyLockoutSafetyCheck?: boolean) =>
    kms.send(new PutKeyPolicyCommand({ KeyId: key, Policy, BypassPolicyLockoutSafetyCheck }));
  const elsewhere = policyOf(allow('arn:aws:iam::777777777777:root'));

  it('answers what it has', async () => {
    const KeyId = key.split('/')[1] ?? '';
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({ Arn: key, CreationDate: createdAt, KeyManager: 'CUSTOMER' });
    expect((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toBe(open);
    const { Tags } = await kms.send(new ListResourceTagsCommand({ KeyId }));
    expect(Tags).toEqual([{ TagKey: 'team', TagValue: 'a' }]);
    const listed: unknown[] = [];
    for await (const { Keys = [] } of paginateListKeys({ client: kms }, {})) listed.push(...Keys);
    expect(listed).toEqual([{ KeyArn: key, KeyId }]);
  });

  it('keeps a policy that lets its author set another one, unless he says otherwise', async () => {
    const onlyReading = policyOf(allow(accountId, 'kms:Get*'));
    const conditional = policyOf(allow(accountId, 'kms:*', { Condition: { Bool: { 'aws:x': 'true' } } }));
    for (const text of [ofSomebodyDeleted, elsewhere, onlyReading, conditional]) {
      await expect(put(text)).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
    }
    await put(policyOf(allow(`arn:aws:iam::${accountId}:role/admin`, 'kms:PutKeyPolicy')));
    await put(elsewhere, true);
    expect(aws.kms.key(key)?.policy).toBe(elsewhere);
  });

  it('refuses whom its policy does not let in, and that is nobody’s fault', async () => {
    await put(elsewhere, true);
    await expect(kms.send(new GetKeyPolicyCommand({ KeyId: key }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    expect(aws.violations).toEqual([]);
    aws.kms.deleteKey(key);
    await expect(put(own)).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
