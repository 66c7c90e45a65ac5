import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import * as z from 'zod';
import {
  defineHandler,
  ignored,
  ignoredTags,
  policyText,
  wholeNumber,
} from '../../cloudformation/resource-type';
import { requireExistingPrincipals } from '../iam/principals';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-kms-key.html */
export const key = defineHandler(
  z.strictObject({
    Description: z.string().optional(),
    EnableKeyRotation: ignored('Keys rotate once in 90 days or more; no sandbox lives that long.'),
    KeyPolicy: policyText.optional(),
    PendingWindowInDays: wholeNumber.optional(),
    RotationPeriodInDays: ignored('Keys rotate once in 90 days or more; no sandbox lives that long.'),
    Tags: ignoredTags,
  }),
  async ({ Description, KeyPolicy: Policy, PendingWindowInDays }, context) => {
    if (Policy !== undefined) await requireExistingPrincipals(Policy, context);
    const kms = context.client(KMSClient);
    const { KeyMetadata: created } = await kms.send(new CreateKeyCommand({ Description, Policy }));
    const KeyId = created?.KeyId ?? '';
    return {
      ref: KeyId,
      attributes: { Arn: created?.Arn ?? '', KeyId },
      remove: async () => {
        await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays }));
      },
    };
  },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-kms-alias.html */
export const alias = defineHandler(
  z.strictObject({ AliasName: z.string(), TargetKeyId: z.string() }),
  async ({ AliasName, TargetKeyId }, context) => {
    const kms = context.client(KMSClient);
    // CreateAlias takes a key's id or ARN; moto keeps what it is given, so it is given the id.
    await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: TargetKeyId.replace(/^.*:key\//, '') }));
    return {
      ref: AliasName,
      attributes: {},
      remove: async () => {
        await kms.send(new DeleteAliasCommand({ AliasName }));
      },
    };
  },
);

/** The service's resource types in templates. */
export const resourceTypes = () => ({
  'AWS::KMS::Alias': alias,
  'AWS::KMS::Key': key,
});
