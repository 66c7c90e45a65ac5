import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { requireCapabilities } from '../../cloudformation/stack-sets/capabilities';
import { type ChangeSet, resourceChanges } from '../../cloudformation/stacks/change-set';
import type { StackRecord } from '../../cloudformation/stacks/record';
import type { StackSettings } from '../../cloudformation/stacks/settings';
import { StackApiError } from '../../cloudformation/stacks/stacks';
import type { parseTemplate } from '../../cloudformation/template';
import type { ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import { flag, invalid, listOf, parametersOf, texts } from './parameters';
import { changeSetForm } from './stack-forms';
import type { Answering } from './stack-sets-api';
import { placeOf, type StacksParts } from './stacks-parts';
import { parsedTemplate, templateBody, templateIn, templateSource } from './template-source';

const keyAndValue = z.object({ Key: z.string(), Value: z.string() });
const stackNamed = z.object({ StackName: z.string() });
const changeSetNamed = z.object({ ChangeSetName: z.string(), StackName: z.string().optional() });

const changeSetRequest = z.object({
  ...templateSource,
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
 * The part of CloudFormation's API that is about change sets, by which the CDK command line deploys.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html
 */
export function changeSetOperations(parts: StacksParts): Readonly<Record<string, Answering>> {
  const { cloudFormation, objects, now } = parts;
  const { stacks } = cloudFormation;
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
    const body = await templateBody(request, place, objects);
    const raw = templateIn(body);
    const template = parsedTemplate(raw, request.StackName);
    checkCapabilities(template, request.Capabilities);
    const record = recordFor(stacks.find(place, request.StackName), request);
    const before = record?.stack
      ? parsedTemplate(templateIn(record.settings.templateBody), record.stackName)
      : undefined;
    const settings: StackSettings = {
      templateBody: body,
      parameters: parametersIn(request.Parameters, record?.settings.parameters ?? {}),
      capabilities: request.Capabilities,
      tags: request.Tags,
      ...(request.RoleARN !== undefined && { roleArn: request.RoleARN }),
    };
    const target = record ?? stacks.add(place, request.StackName, settings);
    const changes = resourceChanges(before?.Resources ?? {}, template.Resources);
    const isEmpty = before !== undefined && sameTemplate(record?.settings.templateBody, body);
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
      Summaries: [
        ...stacks
          .named(placeOf(call), parametersOf(stackNamed, call.parameters).StackName)
          .changeSets.values(),
      ].map((changeSet) => ({
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
  };
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
