import * as z from 'zod';
import type { JsonObject } from '../../../core/json';
import type { Clock } from '../../clock';
import type { Place } from '../../events';
import { type Failures, UnsupportedError } from '../../failures';
import type { ApiAnswer, OwnedService } from '../../gateway/api';
import { page } from '../../page';
import { ConfigError } from './config-error';
import type { CustomRules } from './custom-rules';
import type { ConfigRule } from './definitions';
import type { Evaluation } from './evaluation';
import type { Evaluations } from './evaluations';
import { historyForm } from './history-form';
import { putEvaluations } from './put-evaluations';
import type { Recorder } from './recorder';
import { type RecordingOperations, recordingApi } from './recording-api';
import { ruleId } from './rule-event';
import type { Rules } from './rules';

/** What the API answers from. */
export interface ApiParts {
  recorder: Recorder;
  rules: Rules;
  custom: CustomRules;
  evaluations: Evaluations;
  /** The bucket of a place's delivery channel. */
  deliveryChannel: (place: Place) => { name: string; bucketName: string } | undefined;
  setUp: RecordingOperations;
  failures: Failures;
  clock: Clock;
}

type Operation = (place: Place, parameters: Record<string, unknown>) => object | Promise<object>;

const names = z.array(z.string()).default([]);
const seconds = z.number().optional();
const historyRequest = z.object({
  resourceType: z.string(),
  resourceId: z.string(),
  laterTime: seconds,
  earlierTime: seconds,
  chronologicalOrder: z.enum(['Reverse', 'Forward']).default('Reverse'),
  limit: z.number().int().min(0).max(100).default(10),
  nextToken: z.string().optional(),
});
const complianceTypes = z.array(z.string()).default([]);

/**
 * AWS Config's own API, as far as the sandbox has it; JSON 1.1. Any other operation stops the run.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_Operations.html
 */
export function configApi(parts: ApiParts): OwnedService {
  const operations = operationsOf(parts);
  return async (call) => {
    const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
    if (operation === undefined) {
      const error = new UnsupportedError(
        `The sandbox's AWS Config does not know ${call.operation} (${call.principal.arn})`,
      );
      if (call.stranger) throw error;
      parts.failures.report(error);
      return answer(501, { __type: 'UnsupportedOperation', message: error.message });
    }
    try {
      return answer(
        200,
        await operation({ accountId: call.accountId, region: call.region }, call.parameters),
      );
    } catch (error) {
      const known = knownError(error);
      if (known === undefined) throw error;
      return answer(400, { __type: known.code, message: known.message });
    }
  };
}

function operationsOf(parts: ApiParts): Readonly<Record<string, Operation>> {
  const { recorder, rules, custom, evaluations, deliveryChannel, setUp } = parts;
  return {
    ...recordingApi(setUp, {
      settingsOf: (place) => recorder.settingsOf(place),
      isRecording: (place) => recorder.isRecording(place),
      deliveryChannel,
    }),

    PutEvaluations: (place, parameters) =>
      putEvaluations(place, parameters, custom, evaluations, parts.clock.now()),

    GetResourceConfigHistory(place, parameters) {
      const request = historyRequest.parse(parameters);
      const { resourceType, resourceId, earlierTime = 0, laterTime = Number.POSITIVE_INFINITY } = request;
      const recorded = recorder.history({ ...place, resourceType, resourceId }).map(({ item }) => item);
      if (recorded.length === 0) {
        throw new ConfigError(
          'ResourceNotDiscoveredException',
          `Resource ${resourceId} of resourceType:${resourceType} is unknown or has not been discovered`,
        );
      }
      const wanted = recorded.filter(({ configurationStateId: time }) => {
        return time >= earlierTime * 1000 && time <= laterTime * 1000;
      });
      if (request.chronologicalOrder === 'Reverse') wanted.reverse();
      const { items, next } = page(wanted, request.limit || 10, request.nextToken, invalidToken);
      return { configurationItems: items.map(historyForm), ...(next && { nextToken: next }) };
    },

    DescribeConfigRules: (place, parameters) => ({
      ConfigRules: rules.in(place, names.parse(parameters.ConfigRuleNames)).map(ruleForm),
    }),

    DescribeConfigRuleEvaluationStatus: (place, parameters) => ({
      ConfigRulesEvaluationStatus: rules
        .in(place, names.parse(parameters.ConfigRuleNames))
        .map((rule) => evaluationStatus(rule, evaluations.of(rule))),
    }),

    DescribeConfigurationRecorders(place) {
      const settings = recorder.settingsOf(place);
      if (settings === undefined) return { ConfigurationRecorders: [] };
      const { name, roleArn: roleARN, allSupported, resourceTypes, frequency = 'CONTINUOUS' } = settings;
      const recordingGroup = { allSupported, resourceTypes };
      const recordingMode = { recordingFrequency: frequency };
      return { ConfigurationRecorders: [{ name, roleARN, recordingGroup, recordingMode }] };
    },

    DescribeConfigurationRecorderStatus(place) {
      const settings = recorder.settingsOf(place);
      if (settings === undefined) return { ConfigurationRecordersStatus: [] };
      const recording = recorder.isRecording(place);
      return {
        ConfigurationRecordersStatus: [
          { name: settings.name, recording, lastStatus: recording ? 'SUCCESS' : 'PENDING' },
        ],
      };
    },

    DescribeDeliveryChannels(place) {
      const channel = parts.deliveryChannel(place);
      return { DeliveryChannels: channel ? [{ name: channel.name, s3BucketName: channel.bucketName }] : [] };
    },

    DescribeComplianceByConfigRule: (place, parameters) => ({
      ComplianceByConfigRules: rules
        .in(place, names.parse(parameters.ConfigRuleNames))
        .map((rule) => ({ ConfigRuleName: rule.name, Compliance: complianceOf(evaluations.of(rule)) }))
        .filter(({ Compliance }) => isWanted(Compliance.ComplianceType, parameters.ComplianceTypes)),
    }),

    GetComplianceDetailsByConfigRule(place, parameters) {
      const name = z.string().parse(parameters.ConfigRuleName);
      const results = rules
        .in(place, [name])
        .flatMap((rule) => evaluations.of(rule))
        .filter(({ complianceType }) => isWanted(complianceType, parameters.ComplianceTypes));
      const { items, next } = page(
        results,
        Number(parameters.Limit) || 10,
        parameters.NextToken,
        invalidToken,
      );
      return { EvaluationResults: items.map(evaluationForm), ...(next && { NextToken: next }) };
    },

    StartConfigRulesEvaluation(place, parameters) {
      rules.start(rules.in(place, names.parse(parameters.ConfigRuleNames)));
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRuleEvaluationStatus.html */
function evaluationStatus({ name, arn }: ConfigRule, found: readonly Evaluation[]): JsonObject {
  const times = found.map(({ resultRecordedTime }) => resultRecordedTime / 1000);
  return {
    ConfigRuleName: name,
    ConfigRuleArn: arn,
    FirstEvaluationStarted: times.length > 0,
    ...(times.length > 0 && { LastSuccessfulEvaluationTime: Math.max(...times) }),
  };
}

function invalidToken(): ConfigError {
  return new ConfigError('InvalidNextTokenException', 'The specified next token is not valid.');
}

function answer(status: number, body: object): ApiAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(body),
  };
}

/** An error that the caller gets; a parameter of a wrong form is AWS Config's ValidationException. */
function knownError(error: unknown): ConfigError | undefined {
  if (error instanceof ConfigError) return error;
  if (error instanceof z.ZodError) return new ConfigError('ValidationException', z.prettifyError(error));
  return undefined;
}

function isWanted(complianceType: string, wanted: unknown): boolean {
  const types = complianceTypes.parse(wanted);
  return types.length === 0 || types.includes(complianceType);
}

function complianceOf(verdicts: Evaluation[]): {
  ComplianceType: string;
  ComplianceContributorCount?: JsonObject;
} {
  if (verdicts.length === 0) return { ComplianceType: 'INSUFFICIENT_DATA' };
  const dangerous = verdicts.filter(({ complianceType }) => complianceType === 'NON_COMPLIANT').length;
  if (dangerous === 0) return { ComplianceType: 'COMPLIANT' };
  return {
    ComplianceType: 'NON_COMPLIANT',
    // AWS counts up to 25: https://docs.aws.amazon.com/config/latest/APIReference/API_Compliance.html
    ComplianceContributorCount: { CappedCount: Math.min(dangerous, 25), CapExceeded: dangerous > 25 },
  };
}

function evaluationForm(evaluation: Evaluation): JsonObject {
  return {
    EvaluationResultIdentifier: {
      EvaluationResultQualifier: {
        ConfigRuleName: evaluation.rule.name,
        ResourceType: evaluation.resourceType,
        ResourceId: evaluation.resourceId,
        EvaluationMode: 'DETECTIVE',
      },
      OrderingTimestamp: evaluation.orderingTimestamp / 1000,
    },
    ComplianceType: evaluation.complianceType,
    ResultRecordedTime: evaluation.resultRecordedTime / 1000,
    ConfigRuleInvokedTime: evaluation.configRuleInvokedTime / 1000,
    ...(evaluation.annotation === undefined ? {} : { Annotation: evaluation.annotation }),
  };
}

function ruleForm(rule: ConfigRule): JsonObject {
  return {
    ConfigRuleName: rule.name,
    ConfigRuleArn: rule.arn,
    ConfigRuleId: ruleId(rule),
    ...(rule.resourceTypes.length > 0 ? { Scope: { ComplianceResourceTypes: rule.resourceTypes } } : {}),
    Source: {
      Owner: rule.owner,
      SourceIdentifier: rule.sourceIdentifier,
      SourceDetails: rule.messageTypes.map((messageType) => ({
        EventSource: 'aws.config',
        MessageType: messageType,
      })),
    },
    ...(rule.inputParameters === undefined ? {} : { InputParameters: rule.inputParameters }),
    ConfigRuleState: 'ACTIVE',
    EvaluationModes: [{ Mode: 'DETECTIVE' }],
  };
}
