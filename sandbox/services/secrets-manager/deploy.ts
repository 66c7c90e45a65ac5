import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  GetRandomPasswordCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import {
  defineHandler,
  ignoredTags,
  policyText,
  truth,
  wholeNumber,
} from '../../cloudformation/resource-type';
import { requireExistingPrincipals } from '../iam/principals';

const generation = z.strictObject({
  ExcludeCharacters: z.string().optional(),
  ExcludeLowercase: truth.optional(),
  ExcludeNumbers: truth.optional(),
  ExcludePunctuation: truth.optional(),
  ExcludeUppercase: truth.optional(),
  GenerateStringKey: z.string().optional(),
  IncludeSpace: truth.optional(),
  PasswordLength: wholeNumber.optional(),
  RequireEachIncludedType: truth.optional(),
  SecretStringTemplate: z.string().optional(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-secretsmanager-secret.html */
export const secret = defineHandler(
  z.strictObject({
    Description: z.string().optional(),
    GenerateSecretString: generation.optional(),
    KmsKeyId: z.string().optional(),
    Name: z.string().optional(),
    SecretString: z.string().optional(),
    Tags: ignoredTags,
  }),
  async ({ Description, GenerateSecretString, KmsKeyId, Name, SecretString }, context) => {
    const client = context.client(SecretsManagerClient);
    const generated = GenerateSecretString && (await generate(client, GenerateSecretString));
    const { ARN = '' } = await client.send(
      new CreateSecretCommand({
        Name: Name ?? context.generatedName(),
        Description,
        KmsKeyId,
        SecretString: SecretString ?? generated,
      }),
    );
    return {
      ref: ARN,
      attributes: { Id: ARN },
      remove: async () => {
        await client.send(new DeleteSecretCommand({ SecretId: ARN, ForceDeleteWithoutRecovery: true }));
      },
    };
  },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-secretsmanager-resourcepolicy.html */
export const secretPolicy = defineHandler(
  z.strictObject({ BlockPublicPolicy: truth.optional(), ResourcePolicy: policyText, SecretId: z.string() }),
  async ({ BlockPublicPolicy, ResourcePolicy, SecretId }, context) => {
    await requireExistingPrincipals(ResourcePolicy, context);
    const client = context.client(SecretsManagerClient);
    await client.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy, BlockPublicPolicy }));
    return {
      ref: SecretId,
      attributes: {},
      remove: async () => {
        await client.send(new DeleteResourcePolicyCommand({ SecretId }));
      },
    };
  },
);

/** A random password, alone or as one key of the template's JSON text. */
async function generate(client: SecretsManagerClient, options: z.output<typeof generation>): Promise<string> {
  const { GenerateStringKey, SecretStringTemplate, PasswordLength, ...rest } = options;
  const { RandomPassword = '' } = await client.send(
    new GetRandomPasswordCommand({ ...rest, PasswordLength: PasswordLength ?? 32 }),
  );
  if (GenerateStringKey === undefined) return RandomPassword;
  return JSON.stringify({ ...JSON.parse(SecretStringTemplate ?? '{}'), [GenerateStringKey]: RandomPassword });
}

/** The service's resource types in templates. */
export const resourceTypes = () => ({
  'AWS::SecretsManager::ResourcePolicy': secretPolicy,
  'AWS::SecretsManager::Secret': secret,
});
