import * as z from 'zod';
import type { CloudFormation } from '../../cloudformation/engine';
import type { OrganizationsAccess } from '../../cloudformation/stack-sets/accounts';
import type { AccountFilter, InstancesGroup } from '../../cloudformation/stack-sets/definition';
import type { StackInstance } from '../../cloudformation/stack-sets/instance';
import type { Begun, StackSet } from '../../cloudformation/stack-sets/stack-set';
import type { ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import { operationPreferences } from './operation-preferences';
import { flag, invalid, listOf, pageOf, paging, parametersOf, texts } from './parameters';
import {
  instanceForm,
  operationForm,
  operationSummaryForm,
  resultForm,
  stackSetForm,
  summaryForm,
} from './stack-set-forms';
import type { XmlValue } from './xml';

type Result = { readonly [name: string]: XmlValue };
/** Answers one operation. */
export type Answering = (call: ApiCall) => Promise<Result>;

const callAs = z.enum(['SELF', 'DELEGATED_ADMIN']).default('SELF');
const named = { StackSetName: z.string(), CallAs: callAs };
const preferences = operationPreferences.optional();

const instancesRequest = z.object({
  ...named,
  DeploymentTargets: z
    .object({
      OrganizationalUnitIds: texts,
      Accounts: texts,
      AccountFilterType: z.enum(['NONE', 'INTERSECTION', 'DIFFERENCE', 'UNION']).default('NONE'),
    })
    .optional(),
  Regions: texts,
  OperationPreferences: preferences,
  OperationId: z.string().optional(),
  RetainStacks: flag.optional(),
});

const instanceFilters = listOf(
  z.object({ Name: z.enum(['DETAILED_STATUS', 'LAST_OPERATION_ID', 'DRIFT_STATUS']), Values: z.string() }),
);

/**
 * The part of CloudFormation's API that is about service-managed stack sets.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
 */
export function stackSetOperations(
  { stackSets }: Pick<CloudFormation, 'stackSets'>,
  access: OrganizationsAccess,
): Readonly<Record<string, Answering>> {
  /** The stack set that a call names, where the caller may have to do with it. */
  const stackSetOf = async ({ principal, parameters }: ApiCall): Promise<StackSet> => {
    const request = parametersOf(z.object(named), parameters);
    await requireAdministrator(principal.accountId, request.CallAs);
    return stackSets.named(request.StackSetName);
  };
  const requireAdministrator = async (accountId: string, as: z.output<typeof callAs>): Promise<void> => {
    await stackSets.requireAdministrator(accountId, as);
    if (!(await access.isEnabled())) {
      throw invalid('You must enable organizations access to operate a service managed stack set');
    }
  };
  const begin = async (
    call: ApiCall,
    start: (stackSet: StackSet, request: z.output<typeof instancesRequest>) => Promise<Begun>,
  ): Promise<Result> => {
    const request = parametersOf(instancesRequest, call.parameters);
    const { operation } = await start(await stackSetOf(call), request);
    return { OperationId: operation.id };
  };
  const optionsOf = ({ OperationId, OperationPreferences }: z.output<typeof instancesRequest>) => ({
    ...(OperationId !== undefined && { id: OperationId }),
    ...(OperationPreferences && { preferences: OperationPreferences }),
  });

  return {
    ListStackSets: async ({ principal, parameters }) => {
      const request = parametersOf(
        z.object({ ...paging, CallAs: callAs, Status: z.enum(['ACTIVE', 'DELETED']).optional() }),
        parameters,
      );
      const isAllowed = await stackSets
        .requireAdministrator(principal.accountId, request.CallAs)
        .then(() => true)
        .catch((error: Error) => {
          // A member has no stack sets of its own here; one that says it is an administrator has to be one.
          if (request.CallAs === 'SELF') return false;
          throw error;
        });
      const all = isAllowed && request.Status !== 'DELETED' ? stackSets.all() : [];
      const { items, NextToken } = pageOf(all, request);
      return { Summaries: items.map(summaryForm), NextToken };
    },
    DescribeStackSet: async (call) => ({ StackSet: stackSetForm(await stackSetOf(call)) }),
    DeleteStackSet: async (call) => {
      stackSets.delete(await stackSetOf(call));
      return {};
    },
    ListStackInstances: async (call) => {
      const stackSet = await stackSetOf(call);
      const request = parametersOf(
        z.object({
          ...paging,
          Filters: instanceFilters,
          StackInstanceAccount: z.string().optional(),
          StackInstanceRegion: z.string().optional(),
        }),
        call.parameters,
      );
      const wanted = [...stackSet.instances.values()].filter(
        (instance) =>
          instance.place.accountId === (request.StackInstanceAccount ?? instance.place.accountId) &&
          instance.place.region === (request.StackInstanceRegion ?? instance.place.region) &&
          request.Filters.every((filter) => filteredValue(instance, filter.Name) === filter.Values),
      );
      const { items, NextToken } = pageOf(wanted, request);
      return { Summaries: items.map((instance) => instanceForm(stackSet, instance)), NextToken };
    },
    DescribeStackInstance: async (call) => {
      const stackSet = await stackSetOf(call);
      const { StackInstanceAccount, StackInstanceRegion } = parametersOf(
        z.object({ StackInstanceAccount: z.string(), StackInstanceRegion: z.string() }),
        call.parameters,
      );
      const instance = stackSet.instances.get(`${StackInstanceAccount}/${StackInstanceRegion}`);
      if (instance) return { StackInstance: instanceForm(stackSet, instance) };
      throw new ApiError(
        'StackInstanceNotFoundException',
        `StackInstance for StackSet '${stackSet.id}', account '${StackInstanceAccount}' and region '${StackInstanceRegion}' is not found`,
        404,
      );
    },
    ListStackSetOperations: async (call) => {
      const { queue } = await stackSetOf(call);
      const { items, NextToken } = pageOf(queue.operations, parametersOf(z.object(paging), call.parameters));
      return { Summaries: items.map(operationSummaryForm), NextToken };
    },
    DescribeStackSetOperation: async (call) => {
      const stackSet = await stackSetOf(call);
      const operation = stackSet.queue.operation(operationIdOf(call));
      return { StackSetOperation: operationForm(stackSet, operation) };
    },
    ListStackSetOperationResults: async (call) => {
      const { queue } = await stackSetOf(call);
      const request = parametersOf(
        z.object({
          ...paging,
          Filters: listOf(z.object({ Name: z.literal('OPERATION_RESULT_STATUS'), Values: z.string() })),
        }),
        call.parameters,
      );
      const results = queue
        .operation(operationIdOf(call))
        .results.filter(({ status }) => request.Filters.every(({ Values }) => Values === status));
      const { items, NextToken } = pageOf(results, request);
      return { Summaries: items.map(resultForm), NextToken };
    },
    StopStackSetOperation: async (call) => {
      (await stackSetOf(call)).queue.stop(operationIdOf(call));
      return {};
    },
    CreateStackInstances: (call) =>
      begin(call, (stackSet, request) =>
        stackSet.createInstances(requiredGroup(request), optionsOf(request)),
      ),
    UpdateStackInstances: (call) =>
      begin(call, (stackSet, request) =>
        stackSet.updateInstances(requiredGroup(request), optionsOf(request)),
      ),
    DeleteStackInstances: (call) =>
      begin(call, (stackSet, request) => {
        if (request.RetainStacks === undefined) throw invalid('RetainStacks is required.');
        return stackSet.deleteInstances(requiredGroup(request), {
          ...optionsOf(request),
          retainStacks: request.RetainStacks,
        });
      }),
    DescribeOrganizationsAccess: async () => ({
      Status: (await access.isEnabled()) ? 'ENABLED' : 'DISABLED',
    }),
    ActivateOrganizationsAccess: async ({ principal }) => {
      await stackSets.requireAdministrator(principal.accountId, 'SELF');
      await access.enable();
      return {};
    },
  };
}

function operationIdOf({ parameters }: ApiCall): string {
  return parametersOf(z.object({ OperationId: z.string() }), parameters).OperationId;
}

function filteredValue(instance: StackInstance, filter: string): string {
  if (filter === 'DETAILED_STATUS') return instance.detailedStatus;
  return filter === 'LAST_OPERATION_ID' ? instance.lastOperationId : 'NOT_CHECKED';
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentTargets.html */
function requiredGroup({ DeploymentTargets, Regions }: z.output<typeof instancesRequest>): InstancesGroup {
  const { OrganizationalUnitIds = [], Accounts = [], AccountFilterType = 'NONE' } = DeploymentTargets ?? {};
  if (OrganizationalUnitIds.length === 0) {
    throw invalid('OrganizationalUnitIds are required for a stack set with service-managed permissions');
  }
  if (Regions.length === 0) throw invalid('Regions are required');
  return {
    organizationalUnitIds: OrganizationalUnitIds,
    accountFilter: filterOf(AccountFilterType, Accounts),
    regions: Regions,
  };
}

function filterOf(type: AccountFilter['type'] | 'UNION', accountIds: string[]): AccountFilter {
  if (type === 'UNION') throw invalid('AccountFilterType UNION is not supported for this operation');
  if ((type === 'NONE') !== (accountIds.length === 0)) {
    throw invalid('Accounts and AccountFilterType have to be given together');
  }
  return { type, accountIds };
}
