import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { defineHandler, ignoredTags, type ResourceHandler, truth } from '../../cloudformation/resource-type';
import { defaultPreferences } from '../../cloudformation/stack-sets/definition';
import { objectAt } from './bucket-objects';
import { operationPreferences } from './operation-preferences';

const group = z.strictObject({
  DeploymentTargets: z.strictObject({
    AccountFilterType: z.enum(['NONE', 'INTERSECTION', 'DIFFERENCE']).default('NONE'),
    Accounts: z.array(z.string()).default([]),
    OrganizationalUnitIds: z.array(z.string()),
  }),
  Regions: z.array(z.string()),
});

/** Tells CDK's makers which constructs are used; creates nothing. */
const metadata: ResourceHandler = {
  create: async () => ({ ref: 'metadata', attributes: {}, remove: async () => {} }),
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-stackset.html */
export const stackSet = defineHandler(
  z.strictObject({
    AutoDeployment: z.strictObject({
      DependsOn: z.array(z.string()).max(10).default([]),
      Enabled: truth,
      RetainStacksOnAccountRemoval: truth.default(false),
    }),
    CallAs: z.enum(['SELF', 'DELEGATED_ADMIN']).default('SELF'),
    Capabilities: z.array(z.string()).default([]),
    Description: z.string().optional(),
    ManagedExecution: z.strictObject({ Active: truth }).default({ Active: false }),
    OperationPreferences: operationPreferences.optional(),
    Parameters: z.array(z.strictObject({ ParameterKey: z.string(), ParameterValue: z.string() })).default([]),
    PermissionModel: z.literal('SERVICE_MANAGED'),
    StackInstancesGroup: z.array(group).default([]),
    StackSetName: z.string(),
    Tags: ignoredTags,
    TemplateURL: z.string(),
  }),
  async ({ AutoDeployment, StackInstancesGroup, ...properties }, context) => {
    const { bucket, key } = objectAt(properties.TemplateURL);
    const { stackSetId, remove } = await context.createStackSet({
      name: properties.StackSetName,
      ...(properties.Description !== undefined && { description: properties.Description }),
      managedExecution: properties.ManagedExecution.Active,
      preferences: properties.OperationPreferences ?? defaultPreferences,
      administrator: context.place,
      callAs: properties.CallAs,
      capabilities: properties.Capabilities,
      template: JSON.parse(readFileSync(await context.asset(bucket, key), 'utf8')),
      parameters: Object.fromEntries(
        properties.Parameters.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]),
      ),
      autoDeployment: {
        enabled: AutoDeployment.Enabled,
        retainStacksOnAccountRemoval: AutoDeployment.RetainStacksOnAccountRemoval,
        dependsOn: AutoDeployment.DependsOn,
      },
      groups: StackInstancesGroup.map(({ DeploymentTargets, Regions }) => ({
        organizationalUnitIds: DeploymentTargets.OrganizationalUnitIds,
        accountFilter: { type: DeploymentTargets.AccountFilterType, accountIds: DeploymentTargets.Accounts },
        regions: Regions,
      })),
      asset: context.asset,
    });
    return { ref: stackSetId, attributes: { StackSetId: stackSetId }, remove };
  },
  { mayDiffer: (name) => name !== 'StackSetName' && name !== 'PermissionModel' && name !== 'CallAs' },
);

/** The service's resource types in templates. */
export const resourceTypes = () => ({
  'AWS::CDK::Metadata': metadata,
  'AWS::CloudFormation::StackSet': stackSet,
});
