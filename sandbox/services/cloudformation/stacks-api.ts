import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Template } from '../../../infra/assembly';
import type { CloudFormation } from '../../cloudformation/engine';
import { TemplateError } from '../../cloudformation/errors';
import type { Executors } from '../../cloudformation/executors';
import { requireCapabilities } from '../../cloudformation/stack-sets/capabilities';
import { type ChangeSet, resourceChanges } from '../../cloudformation/stacks/change-set';
import type { StackRecord } from '../../cloudformation/stacks/record';
import type { StackSettings } from '../../cloudformation/stacks/settings';
import { StackApiError } from '../../cloudformation/stacks/stacks';
import { parseTemplate } from '../../cloudformation/template';
import type { Place } from '../../events';
import { UnsupportedError } from '../../failures';
import type { ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import type { BucketObjects } from './bucket-objects';
import { flag, invalid, listOf, pageOf, paging, parametersOf, texts } from './parameters';
import { changeSetForm, eventForm, resourceForm, stackForm, stackSummaryForm } from './stack-forms';
import type { Answering } from './stack-sets-api';

/** What the API of stacks answers from. */
export interface StacksParts {
  cloudFormation: CloudFormation;
  objects: BucketObjects;
  executors: Pick<Executors, 'ofRole'>;
  /** Takes over work that goes on after the answer; it never rejects. */
  inBackground: (work: Promise<void>) => void;
  now: () => Date;
}

const source = { TemplateBody: z.string().optional(), TemplateURL: z.string().optional() };
const keyAndValue = z.object({ Key: z.string(), Value: z.string() });
const stackNamed = z.object({ StackName: z.string() });
const changeSetNamed = z.object({ ChangeSetName: z.string(), StackName: z.string().optional() });

const changeSetRequest = z.object({
  ...source,
  StackName: z.string(),
  ChangeSetName: z.string(),
  ChangeSetType: z.enum(['CREATE', 'UPDATE']).default('UPDATE'),
  Capabilities: texts,
  Parameters: listOf(
    z.object({
      ParameterKey: z.string(),
      ParameterValue: z.string().optional(),
      UsePreviousValue: flag.default(false),
    }),
  ),
  RoleARN: z.string().optional(),
  Tags: listOf(keyAndValue),
});

/**
 * The part of CloudFormation's API that is about stacks: as much as the CDK command line needs, and looking.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
 */
export function stackOperations(parts: StacksParts): Readonly<Record<string, Answering>> {
  const { cloudFormation, objects, now } = parts;
  const { stacks } = cloudFormation;
  const placeOf = ({ principal, region }: ApiCall): Place => ({ accountId: principal.accountId, region });
  const stackOf = (call: ApiCall): StackRecord =>
    stacks.named(placeOf(call), parametersOf(stackNamed, call.parameters).StackName);
  const bodyOf = async (
    call: ApiCall,
    { TemplateBody, TemplateURL }: { TemplateBody?: string | undefined; TemplateURL?: string | undefined },
  ): Promise<string> => {
    if (TemplateBody !== undefined) return TemplateBody;
    if (TemplateURL !== undefined) return objects.textAt(placeOf(call), TemplateURL);
    throw invalid('Either Template URL or Template Body must be specified.');
  };
  const changeSetOf = (call: ApiCall): { record: StackRecord; changeSet: ChangeSet } => {
    const { ChangeSetName, StackName } = parametersOf(changeSetNamed, call.parameters);
    const records =
      StackName === undefined ? stacks.in(placeOf(call)) : [stacks.named(placeOf(call), StackName)];
    for (const record of records) {
      const changeSet = [...record.changeSets.values()].find(
        ({ id, name }) => id === ChangeSetName || name === ChangeSetName,
      );
      if (changeSet) return { record, changeSet };
    }
    throw new ApiError('ChangeSetNotFound', `ChangeSet [${ChangeSetName}] does not exist`, 404);
  };

  const createChangeSet: Answering = async (call) => {
    const request = parametersOf(changeSetRequest, call.parameters);
    const place = placeOf(call);
    const templateBody = await bodyOf(call, request);
    const raw = templateIn(templateBody);
    const template = parsed(raw, request.StackName);
    checkCapabilities(template, request.Capabilities);
    const record = recordFor(stacks.find(place, request.StackName), request);
    const before = record?.stack
      ? parsed(templateIn(record.settings.templateBody), record.stackName)
      : undefined;
    const settings: StackSettings = {
      templateBody,
      parameters: parametersIn(request.Parameters, record?.settings.parameters ?? {}),
      capabilities: request.Capabilities,
      tags: request.Tags,
      ...(request.RoleARN !== undefined && { roleArn: request.RoleARN }),
    };
    const target = record ?? stacks.add(place, request.StackName, settings);
    const changes = resourceChanges(before?.Resources ?? {}, template.Resources);
    const isEmpty = before !== undefined && sameTemplate(record?.settings.templateBody, templateBody);
    const id = `arn:aws:cloudformation:${place.region}:${place.accountId}:changeSet/${request.ChangeSetName}/${randomUUID()}`;
    const asset = objects.assetsOf(place);
    target.changeSets.set(request.ChangeSetName, {
      id,
      name: request.ChangeSetName,
      type: request.ChangeSetType,
      createdAt: now(),
      settings,
      changes,
      status: isEmpty ? 'FAILED' : 'CREATE_COMPLETE',
      ...(isEmpty && {
        statusReason:
          "The submitted information didn't contain changes. Submit different information to create a change set.",
      }),
      executionStatus: isEmpty ? 'UNAVAILABLE' : 'AVAILABLE',
      deploy: async (tell) => {
        const request = {
          ...{
            displayName: target.stackName,
            stackName: target.stackName,
            place,
            template: raw,
            asset,
            tell,
          },
          parameters: settings.parameters,
          createStackSet: cloudFormation.stackSets.create,
          ...(settings.roleArn !== undefined && {
            deployer: parts.executors.ofRole(place.accountId, settings.roleArn.split('/').at(-1) ?? ''),
          }),
        };
        if (!target.stack) return cloudFormation.deploy(request);
        await cloudFormation.update(target.stack, request);
        return target.stack;
      },
    });
    return { Id: id, StackId: target.stackId };
  };

  const executeChangeSet: Answering = async (call) => {
    const { record, changeSet } = changeSetOf(call);
    if (changeSet.executionStatus !== 'AVAILABLE') {
      throw new ApiError(
        'InvalidChangeSetStatus',
        `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`,
      );
    }
    changeSet.executionStatus = 'EXECUTE_COMPLETE';
    const tell = () => {};
    const work = record.stack
      ? stacks.update(record, changeSet.settings, () => changeSet.deploy(tell))
      : stacks.create(record, changeSet.deploy);
    // Stack and events say what became of it.
    parts.inBackground(
      work.then(
        () => {},
        () => {},
      ),
    );
    return {};
  };

  return {
    CreateChangeSet: createChangeSet,
    ExecuteChangeSet: executeChangeSet,
    DescribeChangeSet: async (call) => {
      const { record, changeSet } = changeSetOf(call);
      return changeSetForm(record, changeSet);
    },
    ListChangeSets: async (call) => ({
      Summaries: [...stackOf(call).changeSets.values()].map((changeSet) => ({
        ChangeSetId: changeSet.id,
        ChangeSetName: changeSet.name,
        Status: changeSet.status,
        ExecutionStatus: changeSet.executionStatus,
        CreationTime: changeSet.createdAt,
      })),
    }),
    DeleteChangeSet: async (call) => {
      try {
        const { record, changeSet } = changeSetOf(call);
        record.changeSets.delete(changeSet.name);
      } catch (error) {
        // AWS says nothing of a change set that is not there; of a stack that is not there it does.
        if (!(error instanceof ApiError && error.code === 'ChangeSetNotFound')) throw error;
      }
      return {};
    },
    DescribeStacks: async (call) => {
      const request = parametersOf(
        z.object({ ...paging, StackName: z.string().optional() }),
        call.parameters,
      );
      if (request.StackName !== undefined) return { Stacks: [stackForm(stackOf(call))] };
      const standing = stacks.in(placeOf(call)).filter(({ status }) => status !== 'DELETE_COMPLETE');
      const { items, NextToken } = pageOf(standing.toReversed(), request);
      return { Stacks: items.map(stackForm), NextToken };
    },
    ListStacks: async (call) => {
      const request = parametersOf(z.object({ ...paging, StackStatusFilter: texts }), call.parameters);
      const { StackStatusFilter: wanted } = request;
      const found = stacks
        .in(placeOf(call))
        .filter(({ status }) => wanted.length === 0 || wanted.includes(status));
      const { items, NextToken } = pageOf(found.toReversed(), request);
      return { StackSummaries: items.map(stackSummaryForm), NextToken };
    },
    DescribeStackEvents: async (call) => {
      const record = stackOf(call);
      const { items, NextToken } = pageOf(record.events, parametersOf(z.object(paging), call.parameters));
      return { StackEvents: items.map((event) => eventForm(record, event)), NextToken };
    },
    ListStackResources: async (call) => {
      const resources = [...stackOf(call).resources];
      const { items, NextToken } = pageOf(resources, parametersOf(z.object(paging), call.parameters));
      return { StackResourceSummaries: items.map(([id, one]) => resourceForm(id, one)), NextToken };
    },
    DescribeStackResources: async (call) => ({
      StackResources: [...stackOf(call).resources].map(([id, one]) => resourceForm(id, one)),
    }),
    GetTemplate: async (call) => {
      const record = stackOf(call);
      // A stack in review has no template yet.
      const body = record.status === 'REVIEW_IN_PROGRESS' ? '{}' : record.settings.templateBody;
      return { TemplateBody: body, StagesAvailable: ['Original', 'Processed'] };
    },
    GetTemplateSummary: async (call) => {
      const request = parametersOf(
        z.object({ ...source, StackName: z.string().optional() }),
        call.parameters,
      );
      const body =
        request.StackName === undefined ? await bodyOf(call, request) : stackOf(call).settings.templateBody;
      const { Parameters, Resources } = parsed(templateIn(body), 'given');
      return {
        Parameters: Object.entries(Parameters).map(([ParameterKey, { Type, Default }]) => ({
          ParameterKey,
          ParameterType: Type,
          DefaultValue: Default,
        })),
        ResourceTypes: [...new Set(Object.values(Resources).map(({ Type }) => Type))],
      };
    },
    ValidateTemplate: async (call) => {
      const { Parameters } = parsed(
        templateIn(await bodyOf(call, parametersOf(z.object(source), call.parameters))),
        'given',
      );
      return { Parameters: Object.keys(Parameters).map((ParameterKey) => ({ ParameterKey })) };
    },
    UpdateTerminationProtection: async (call) => {
      const record = stackOf(call);
      const { EnableTerminationProtection: enable } = parametersOf(
        z.object({ EnableTerminationProtection: flag }),
        call.parameters,
      );
      record.terminationProtection = enable;
      return { StackId: record.stackId };
    },
    DeleteStack: async (call) => {
      // Deleting what is not there succeeds.
      const record = stacks.find(placeOf(call), parametersOf(stackNamed, call.parameters).StackName);
      if (!record || record.status === 'DELETE_COMPLETE') return {};
      if (record.terminationProtection) {
        throw invalid(`Stack [${record.stackName}] cannot be deleted while TerminationProtection is enabled`);
      }
      parts.inBackground(stacks.delete(record).catch(() => {}));
      return {};
    },
  };
}

function templateIn(body: string): Template {
  try {
    return JSON.parse(body) as Template;
  } catch {
    throw invalid('Template format error: JSON not well-formed. The sandbox does not read YAML.');
  }
}

function parsed(template: Template, name: string): ReturnType<typeof parseTemplate> {
  try {
    return parseTemplate(template, name);
  } catch (error) {
    if (error instanceof TemplateError || error instanceof UnsupportedError) throw invalid(error.message);
    throw error;
  }
}

function checkCapabilities(
  template: ReturnType<typeof parseTemplate>,
  capabilities: readonly string[],
): void {
  try {
    requireCapabilities(template, capabilities);
  } catch (error) {
    throw new StackApiError(
      'InsufficientCapabilitiesException',
      error instanceof Error ? error.message.replace(/^InsufficientCapabilities: /, '') : String(error),
    );
  }
}

/** The stack that a change set is for; undefined where it is to be made. */
function recordFor(
  found: StackRecord | undefined,
  { ChangeSetType, StackName }: z.output<typeof changeSetRequest>,
): StackRecord | undefined {
  const isThere = found !== undefined && found.status !== 'DELETE_COMPLETE';
  if (ChangeSetType === 'UPDATE' && (!isThere || found.stack === undefined)) {
    throw invalid(
      isThere
        ? `Stack:${found.stackId} is in ${found.status} state and can not be updated.`
        : `Stack [${StackName}] does not exist`,
    );
  }
  if (!isThere) return undefined;
  if (ChangeSetType === 'CREATE' && found.status !== 'REVIEW_IN_PROGRESS') {
    throw invalid(`Stack [${StackName}] already exists and cannot be created again with the changeSet.`);
  }
  return found;
}

function parametersIn(
  given: z.output<typeof changeSetRequest>['Parameters'],
  previous: Readonly<Record<string, string>>,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { ParameterKey, ParameterValue, UsePreviousValue } of given) {
    const value = UsePreviousValue ? previous[ParameterKey] : ParameterValue;
    if (value !== undefined) values[ParameterKey] = value;
  }
  return values;
}

function sameTemplate(one: string | undefined, other: string): boolean {
  return one !== undefined && JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));
}
