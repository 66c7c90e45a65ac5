import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  type CreateRoleCommandInput,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  type Role,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import * as z from 'zod';
import type { Json } from '../../../core/json';
import { defineHandler, ignoredTags, policyText, wholeNumber } from '../../cloudformation/resource-type';
import { requireExistingPrincipals } from './principals';

const inlinePolicy = z.strictObject({ PolicyName: z.string(), PolicyDocument: policyText });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-role.html */
export const role = defineHandler(
  z.strictObject({
    AssumeRolePolicyDocument: policyText,
    Description: z.string().optional(),
    ManagedPolicyArns: z.array(z.string()).default([]),
    MaxSessionDuration: wholeNumber.optional(),
    Path: z.string().optional(),
    Policies: z.array(inlinePolicy).default([]),
    RoleName: z.string().optional(),
    Tags: ignoredTags,
  }),
  async (properties, context) => {
    const { AssumeRolePolicyDocument, Description, MaxSessionDuration, Path } = properties;
    const RoleName = properties.RoleName ?? context.generatedName(64);
    const iam = context.client(IAMClient);
    await requireExistingPrincipals(AssumeRolePolicyDocument, context);
    const created =
      context.previous === undefined
        ? await createdRole(iam, {
            ...{ RoleName, AssumeRolePolicyDocument, Description, MaxSessionDuration, Path },
          })
        : await updatedRole(iam, RoleName, AssumeRolePolicyDocument, context.previous);
    await Promise.all([
      ...properties.Policies.map((policy) => iam.send(new PutRolePolicyCommand({ RoleName, ...policy }))),
      ...properties.ManagedPolicyArns.map((PolicyArn) =>
        iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
      ),
    ]);
    return {
      ref: RoleName,
      attributes: { Arn: created?.Arn ?? '', RoleId: created?.RoleId ?? '' },
      remove: async () => {
        for (const { PolicyName } of properties.Policies) {
          await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
        }
        for (const PolicyArn of properties.ManagedPolicyArns) {
          await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
        }
        await iam.send(new DeleteRoleCommand({ RoleName }));
      },
    };
  },
  {
    mayDiffer: (name) => ['AssumeRolePolicyDocument', 'ManagedPolicyArns', 'Policies', 'Tags'].includes(name),
  },
);

async function createdRole(iam: IAMClient, input: CreateRoleCommandInput): Promise<Role | undefined> {
  return (await iam.send(new CreateRoleCommand(input))).Role;
}

/** The policies that a role has of its own, by its properties before an update. */
const ownPolicies = z.looseObject({
  Policies: z.array(z.looseObject({ PolicyName: z.string() })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
});

/**
 * Gives a role that is there another trust policy, and takes its own policies away, which are given anew; what other resources gave
 * it stays.
 */
async function updatedRole(
  iam: IAMClient,
  RoleName: string,
  PolicyDocument: string,
  previous: Json,
): Promise<Role | undefined> {
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
  const { Policies, ManagedPolicyArns } = ownPolicies.parse(previous);
  for (const { PolicyName } of Policies)
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  for (const PolicyArn of ManagedPolicyArns)
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  return (await iam.send(new GetRoleCommand({ RoleName }))).Role;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-policy.html */
export const policy = defineHandler(
  z.strictObject({ PolicyName: z.string(), PolicyDocument: policyText, Roles: z.array(z.string()) }),
  async ({ Roles, ...inline }, context) => {
    const iam = context.client(IAMClient);
    await Promise.all(Roles.map((RoleName) => iam.send(new PutRolePolicyCommand({ RoleName, ...inline }))));
    return {
      ref: inline.PolicyName,
      attributes: {},
      remove: async () => {
        for (const RoleName of Roles) {
          await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: inline.PolicyName }));
        }
      },
    };
  },
  { mayDiffer: (name) => name === 'PolicyDocument' },
);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-managedpolicy.html */
export const managedPolicy = defineHandler(
  z.strictObject({
    Description: z.string().optional(),
    ManagedPolicyName: z.string().optional(),
    Path: z.string().optional(),
    PolicyDocument: policyText,
    Roles: z.array(z.string()).default([]),
  }),
  async ({ Roles, ManagedPolicyName, ...document }, context) => {
    const iam = context.client(IAMClient);
    const PolicyName = ManagedPolicyName ?? context.generatedName(128);
    const { Policy: created } = await iam.send(new CreatePolicyCommand({ PolicyName, ...document }));
    const PolicyArn = created?.Arn ?? '';
    await Promise.all(
      Roles.map((RoleName) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))),
    );
    return {
      ref: PolicyArn,
      attributes: { PolicyArn, PolicyId: created?.PolicyId ?? '' },
      remove: async () => {
        for (const RoleName of Roles) await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
        await iam.send(new DeletePolicyCommand({ PolicyArn }));
      },
    };
  },
);

/** The service's resource types in templates. */
export const resourceTypes = () => ({
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::Role': role,
});
