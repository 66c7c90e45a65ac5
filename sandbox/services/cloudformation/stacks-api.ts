import * as z from 'zod';
import type { StackRecord } from '../../cloudformation/stacks/record';
import type { ApiCall } from '../../gateway/api';
import { changeSetOperations } from './change-sets-api';
import { flag, invalid, pageOf, paging, parametersOf, texts } from './parameters';
import { eventForm, resourceForm, stackForm, stackSummaryForm } from './stack-forms';
import type { Answering } from './stack-sets-api';
import { placeOf, type StacksParts } from './stacks-parts';
import { parsedTemplate, templateBody, templateIn, templateSource } from './template-source';

const stackNamed = z.object({ StackName: z.string() });

/**
 * The part of CloudFormation's API that is about stacks: as much as the CDK command line needs, and looking.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
 */
export function stackOperations(parts: StacksParts): Readonly<Record<string, Answering>> {
  const { cloudFormation, objects } = parts;
  const { stacks } = cloudFormation;
  const stackOf = (call: ApiCall): StackRecord =>
    stacks.named(placeOf(call), parametersOf(stackNamed, call.parameters).StackName);
  return {
    ...changeSetOperations(parts),
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
        z.object({ ...templateSource, StackName: z.string().optional() }),
        call.parameters,
      );
      const body =
        request.StackName === undefined
          ? await templateBody(request, placeOf(call), objects)
          : stackOf(call).settings.templateBody;
      const { Parameters, Resources } = parsedTemplate(templateIn(body), 'given');
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
      const { Parameters } = parsedTemplate(
        templateIn(
          await templateBody(parametersOf(z.object(templateSource), call.parameters), placeOf(call), objects),
        ),
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
