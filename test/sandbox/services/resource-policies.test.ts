import {
  CreateRepositoryCommand,
  DeleteRepositoryPolicyCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand as ListRepositoryTagsCommand,
  paginateDescribeRepositories,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import {
  CreateKeyCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GetKeyPolicyCommand,
  KMSClient,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutResourcePolicyCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import {
  AddPermissionCommand,
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  PublishCommand,
  RemovePermissionCommand,
  SetTopicAttributesCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { document, management, TestSandbox, trust } from '../gateway/sandbox';

const sandbox = new TestSandbox();
/** Nobody of the organization. */
const outsider = '999988887777';
beforeAll(() => sandbox.start(), 30_000);
afterAll(async () => {
  expect(sandbox.failures.all).toEqual([]);
  await sandbox.stop();
});

const everybody = (Action: string, Resource?: string) => ({
  Effect: 'Allow',
  Principal: '*',
  Action,
  ...(Resource && { Resource }),
});
const only = (accountId: string, Action: string, Resource?: string) => ({
  ...everybody(Action, Resource),
  Principal: { AWS: `arn:aws:iam::${accountId}:root` },
});
const nobodysRole = () => ({
  ...everybody('*', '*'),
  Principal: { AWS: `arn:aws:iam::${sandbox.member}:role/gone` },
});

describe('a topic', () => {
  let own: SNSClient;
  let others: SNSClient;
  beforeAll(() => {
    own = new SNSClient(sandbox.as(sandbox.member));
    others = new SNSClient(sandbox.as(outsider));
  });

  const create = async (Name: string, Policy?: string) => {
    const Attributes = Policy === undefined ? undefined : { Policy };
    const Tags = [{ Key: 'team', Value: 'a' }];
    const { TopicArn = '' } = await own.send(new CreateTopicCommand({ Name, Attributes, Tags }));
    return TopicArn;
  };
  const setPolicy = (TopicArn: string, AttributeValue: string) =>
    own.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
  const publish = (TopicArn: string) => others.send(new PublishCommand({ TopicArn, Message: 'm' }));
  const denied = { name: 'AuthorizationErrorException' };

  it('is published to by a stranger as long as its policy lets everybody', async () => {
    const topic = await create('open');
    await expect(publish(topic)).rejects.toMatchObject(denied);
    await setPolicy(topic, document(everybody('sns:Publish', topic)));
    await expect(publish(topic)).resolves.toMatchObject({ MessageId: expect.any(String) });
    await setPolicy(topic, document(only(sandbox.member, 'sns:Publish', topic)));
    await expect(publish(topic)).rejects.toMatchObject(denied);
    const { Tags } = await own.send(new ListTagsForResourceCommand({ ResourceArn: topic }));
    expect(Tags).toEqual([{ Key: 'team', Value: 'a' }]);
  });

  it('has permissions added and removed beside statements without a label', async () => {
    const topic = await create(
      'granting',
      document({ ...everybody('sns:Subscribe'), Resource: 'arn:aws:sns:*:*:none' }),
    );
    const permission = {
      TopicArn: topic,
      Label: 'partner',
      AWSAccountId: [outsider],
      ActionName: ['Publish'],
    };
    await own.send(new AddPermissionCommand(permission));
    await publish(topic);
    await expect(own.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await own.send(new RemovePermissionCommand({ TopicArn: topic, Label: 'partner' }));
    await expect(publish(topic)).rejects.toMatchObject(denied);
    const { Attributes } = await own.send(new GetTopicAttributesCommand({ TopicArn: topic }));
    expect(JSON.parse(Attributes?.Policy ?? '').Statement).toHaveLength(1);
  });

  it('takes neither an empty policy nor one that names who does not exist', async () => {
    const topic = await create('strict');
    for (const text of ['', document(nobodysRole())]) {
      await expect(setPolicy(topic, text)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    }
    await expect(create('never', document(nobodysRole()))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('a repository', () => {
  let own: ECRClient;
  let others: ECRClient;
  beforeAll(() => {
    own = new ECRClient(sandbox.as(sandbox.member));
    others = new ECRClient(sandbox.as(outsider));
  });

  const create = async (repositoryName: string) => {
    const tags = [{ Key: 'team', Value: 'a' }];
    const { repository } = await own.send(new CreateRepositoryCommand({ repositoryName, tags }));
    return repository?.repositoryArn ?? '';
  };
  const setPolicy = (repositoryName: string, policyText: string, force?: boolean) =>
    own.send(new SetRepositoryPolicyCommand({ repositoryName, policyText, force }));
  const look = (repositoryName: string) =>
    others.send(new DescribeImagesCommand({ repositoryName, registryId: sandbox.member }));
  const denied = { name: 'AccessDeniedException' };

  it('is looked at by a stranger as long as its policy lets everybody', async () => {
    const arn = await create('team/open');
    await expect(look('team/open')).rejects.toMatchObject(denied);
    await setPolicy('team/open', document(everybody('ecr:*')));
    await expect(look('team/open')).resolves.toMatchObject({ imageDetails: [] });
    const kept = document(only(sandbox.hub, 'ecr:*'));
    await setPolicy('team/open', kept);
    await expect(look('team/open')).rejects.toMatchObject(denied);
    const read = await own.send(new GetRepositoryPolicyCommand({ repositoryName: 'team/open' }));
    expect(read).toMatchObject({ registryId: sandbox.member, policyText: kept });
    await own.send(new DeleteRepositoryPolicyCommand({ repositoryName: 'team/open' }));
    await expect(
      own.send(new GetRepositoryPolicyCommand({ repositoryName: 'team/open' })),
    ).rejects.toMatchObject({ name: 'RepositoryPolicyNotFoundException' });
    const { tags } = await own.send(new ListRepositoryTagsCommand({ resourceArn: arn }));
    expect(tags).toEqual([{ Key: 'team', Value: 'a' }]);
  });

  it('takes no policy with a resource, of nobody, or that locks its author out without force', async () => {
    await create('strict');
    const refused = { name: 'InvalidParameterException' };
    const { Resource: _, ...nobodys } = nobodysRole();
    const deny = { ...everybody('ecr:SetRepositoryPolicy'), Effect: 'Deny' };
    await expect(setPolicy('strict', document(everybody('ecr:*', '*')))).rejects.toMatchObject(refused);
    await expect(setPolicy('strict', document(nobodys))).rejects.toMatchObject(refused);
    await expect(setPolicy('strict', document(deny))).rejects.toMatchObject(refused);
    await setPolicy('strict', document(deny), true);
  });

  it('is listed page by page', async () => {
    for (const name of ['listed-1', 'listed-2', 'listed-3']) await create(name);
    const names: string[][] = [];
    for await (const { repositories = [] } of paginateDescribeRepositories(
      { client: own, pageSize: 2 },
      {},
    )) {
      names.push(repositories.map(({ repositoryName = '' }) => repositoryName));
    }
    expect(names.flat()).toEqual(expect.arrayContaining(['listed-1', 'listed-2', 'listed-3']));
    expect(Math.max(...names.map(({ length }) => length))).toBe(2);
    await expect(
      others.send(new DescribeRepositoriesCommand({ registryId: sandbox.member })),
    ).rejects.toMatchObject(denied);
  });
});

describe('a secret', () => {
  let own: SecretsManagerClient;
  let others: SecretsManagerClient;
  let kms: KMSClient;
  beforeAll(() => {
    own = new SecretsManagerClient(sandbox.as(sandbox.member));
    others = new SecretsManagerClient(sandbox.as(outsider));
    kms = new KMSClient(sandbox.as(sandbox.member));
  });

  const create = async (Name: string, KmsKeyId?: string) => {
    const { ARN = '' } = await own.send(new CreateSecretCommand({ Name, SecretString: 's', KmsKeyId }));
    return ARN;
  };
  const setPolicy = (SecretId: string, ResourcePolicy: string, BlockPublicPolicy?: boolean) =>
    own.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy, BlockPublicPolicy }));
  const denied = { name: 'AccessDeniedException' };
  const open = document(everybody('secretsmanager:*', '*'));

  it('is described by a stranger as long as its policy lets everybody', async () => {
    const SecretId = await create('open');
    const look = () => others.send(new DescribeSecretCommand({ SecretId }));
    await expect(look()).rejects.toMatchObject(denied);
    await setPolicy(SecretId, open);
    await expect(look()).resolves.toMatchObject({ Name: 'open' });
    await own.send(new DeleteResourcePolicyCommand({ SecretId: 'open' }));
    await expect(look()).rejects.toMatchObject(denied);
    const { SecretList = [] } = await own.send(new ListSecretsCommand({}));
    expect(SecretList.map(({ ARN }) => ARN)).toContain(SecretId);
  });

  it('gives its value to a stranger only under a key that lets him decrypt', async () => {
    const read = (SecretId: string) => others.send(new GetSecretValueCommand({ SecretId }));
    const underAwsKey = await create('under-aws-key');
    await setPolicy(underAwsKey, open);
    await expect(read(underAwsKey)).rejects.toMatchObject(denied);
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId ?? '';
    const underOwnKey = await create('under-own-key', KeyId);
    await setPolicy(underOwnKey, open);
    await expect(read(underOwnKey)).rejects.toMatchObject(denied);
    const viaSecrets = {
      ...everybody('kms:Decrypt', '*'),
      Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
    };
    const Policy = document(only(sandbox.member, 'kms:*', '*'), viaSecrets);
    await kms.send(new PutKeyPolicyCommand({ KeyId, Policy }));
    await expect(read(underOwnKey)).resolves.toMatchObject({ SecretString: 's' });
  });

  it('takes no public policy that is to be blocked, and none of nobody', async () => {
    const SecretId = await create('strict');
    await expect(setPolicy(SecretId, open, true)).rejects.toMatchObject({ name: 'PublicPolicyException' });
    await expect(setPolicy(SecretId, document(nobodysRole()))).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    });
    const { ResourcePolicy } = await own.send(new GetResourcePolicyCommand({ SecretId }));
    expect(ResourcePolicy).toBeUndefined();
    await setPolicy(SecretId, document(only(sandbox.hub, 'secretsmanager:*', '*')), true);
  });

  it('has no policy to be read or set while it is marked for deletion', async () => {
    const SecretId = await create('marked');
    await own.send(new DeleteSecretCommand({ SecretId }));
    const refused = { name: 'InvalidRequestException' };
    await expect(setPolicy(SecretId, open)).rejects.toMatchObject(refused);
    await expect(own.send(new GetResourcePolicyCommand({ SecretId }))).rejects.toMatchObject(refused);
    await own.send(new RestoreSecretCommand({ SecretId }));
    await setPolicy(SecretId, open);
  });
});

describe('a key', () => {
  let own: KMSClient;
  let others: KMSClient;
  beforeAll(() => {
    own = new KMSClient(sandbox.as(sandbox.member));
    others = new KMSClient(sandbox.as(outsider));
  });

  const create = async (Policy?: string, bypass?: boolean) => {
    const { KeyMetadata } = await own.send(
      new CreateKeyCommand({ Policy, BypassPolicyLockoutSafetyCheck: bypass }),
    );
    return KeyMetadata?.Arn ?? '';
  };
  const setPolicy = (KeyId: string, Policy: string, BypassPolicyLockoutSafetyCheck?: boolean) =>
    own.send(new PutKeyPolicyCommand({ KeyId, Policy, BypassPolicyLockoutSafetyCheck }));
  const use = (client: KMSClient, KeyId: string) =>
    client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('m') }));
  const denied = { name: 'AccessDeniedException' };
  const delegated = () => only(sandbox.member, 'kms:*', '*');

  it('is used by a stranger as long as its policy lets everybody', async () => {
    const key = await create();
    await expect(use(others, key)).rejects.toMatchObject(denied);
    await setPolicy(key, document(delegated(), everybody('kms:*', '*')));
    await use(others, key);
    // Of another account's key nobody changes the policy, whatever that lets him.
    await expect(
      others.send(new PutKeyPolicyCommand({ KeyId: key, Policy: document(everybody('kms:*', '*')) })),
    ).rejects.toMatchObject(denied);
    const Condition = { StringEquals: { 'kms:CallerAccount': sandbox.member } };
    await setPolicy(key, document(delegated(), { ...everybody('kms:*', '*'), Condition }));
    await expect(use(others, key)).rejects.toMatchObject(denied);
  });

  it('is its own account’s only as far as its policy says so', async () => {
    const role = await sandbox.createRole(sandbox.member, 'keeper', trust(management), {
      Effect: 'Allow',
      Action: 'kms:*',
      Resource: '*',
    });
    const keeper = new KMSClient(sandbox.as(await sandbox.assume(management, role)));
    const key = await create(document({ ...delegated(), Principal: { AWS: role } }), true);
    await expect(use(own, key)).rejects.toMatchObject(denied);
    await expect(setPolicy(key, document(delegated()))).rejects.toMatchObject(denied);
    await use(keeper, key);
    await keeper.send(
      new PutKeyPolicyCommand({
        KeyId: key,
        Policy: document(delegated(), { ...delegated(), Principal: { AWS: role } }),
      }),
    );
    await use(own, key);
  });

  it('takes no policy of nobody, and none that locks its author out unless he says so', async () => {
    const key = await create();
    const malformed = { name: 'MalformedPolicyDocumentException' };
    await expect(setPolicy(key, document(delegated(), nobodysRole()))).rejects.toMatchObject(malformed);
    const locking = document(only(sandbox.hub, 'kms:*', '*'));
    const lockedOut = {
      ...malformed,
      message: 'The new key policy will not allow you to update the key policy in the future.',
    };
    await expect(setPolicy(key, locking)).rejects.toMatchObject(lockedOut);
    await expect(create(locking)).rejects.toMatchObject(lockedOut);
    await setPolicy(key, locking, true);
    await expect(own.send(new GetKeyPolicyCommand({ KeyId: key }))).rejects.toMatchObject(denied);
  });

  it('answers its policy as it was set, and a Deny for others hides it from nobody else', async () => {
    const deny = { ...only(sandbox.hub, 'kms:*', '*'), Effect: 'Deny' };
    const text = JSON.stringify(JSON.parse(document(delegated(), deny)), null, 2);
    const key = await create(text);
    expect((await own.send(new GetKeyPolicyCommand({ KeyId: key }))).Policy).toBe(text);
    expect((await own.send(new DescribeKeyCommand({ KeyId: key }))).KeyMetadata).toMatchObject({ Arn: key });
    expect((await own.send(new ListResourceTagsCommand({ KeyId: key }))).Tags).toEqual([]);
    const missing = 'aaaaaaaa-0000-4000-8000-000000000000';
    await expect(own.send(new DescribeKeyCommand({ KeyId: missing }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  it('is listed page by page', async () => {
    const created = [await create(), await create()];
    const pages: string[][] = [];
    for await (const { Keys = [] } of paginateListKeys({ client: own, pageSize: 1 }, {})) {
      pages.push(Keys.map(({ KeyArn = '' }) => KeyArn));
    }
    expect(pages.every(({ length }) => length === 1)).toBe(true);
    expect(pages.flat()).toEqual(expect.arrayContaining(created));
  });
});
