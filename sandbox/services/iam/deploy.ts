import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import * as z from 'zod';
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
    const { Role: created } = await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, Description, MaxSessionDuration, Path }),
    );
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
);

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
