import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Clock, systemClock } from '../../clock';
import { TemplateError } from '../../cloudformation/errors';
import {
  type CreatedResource,
  defineHandler,
  ignored,
  ignoredTags,
  policyText,
  type ResourceContext,
  truth,
  wholeNumber,
} from '../../cloudformation/resource-type';
import { UnsupportedError } from '../../failures';
import { unknownVariables } from './access-log';
import { pathOfApi } from './address';
import { forbidden } from './answers';
import { modelSchema } from './model';
import { RestApi } from './rest-api';
import { Stage } from './stage';

const forPeople = ignored('It is for people.');
const tls = ignored(
  "The sandbox's plain HTTP never leaves the machine; it stands for the TLS of AWS's endpoints.",
);

/** AWS's limits of an account in a Region: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const accountThrottle = { rate: 10_000, burst: 5_000 };

const proxyIntegration = z.strictObject({
  IntegrationHttpMethod: z.literal('POST'),
  TimeoutInMillis: wholeNumber.default(29_000),
  Type: z.literal('AWS_PROXY'),
  Uri: z
    .string()
    .regex(
      /^arn:aws:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/arn:aws:lambda:[^/]+\/invocations$/,
      'The sandbox has functions answer, and nothing else.',
    ),
});

const methodSettings = z.strictObject({
  DataTraceEnabled: z.literal(false).optional(),
  HttpMethod: z.literal('*'),
  ResourcePath: z.literal('/*'),
  ThrottlingBurstLimit: wholeNumber.default(accountThrottle.burst),
  ThrottlingRateLimit: wholeNumber.default(accountThrottle.rate),
});

/**
 * The service's resource types in templates, for one sandbox. What a type's page of CloudFormation's reference has beside these
 * properties stops the run: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/AWS_ApiGateway.html
 * @param clock of integrations that take too long; default: the machine's
 */
export const resourceTypes = (clock: Clock = systemClock) => {
  const apis = new Map<string, RestApi>();
  /** Accounts and Regions in which API Gateway may write logs. */
  const logging = new Set<string>();
  const apiOf = (id: string): RestApi => {
    const api = apis.get(id);
    if (!api) throw new TemplateError(`There is no REST API ${id}.`);
    return api;
  };

  const restApi = defineHandler(
    z.strictObject({
      Description: forPeople,
      EndpointAccessMode: tls,
      EndpointConfiguration: z.strictObject({ Types: z.tuple([z.literal('REGIONAL')]) }),
      Name: z.string(),
      Policy: policyText.optional(),
      SecurityPolicy: tls,
      Tags: ignoredTags,
    }),
    async ({ Policy }, context) => {
      const api = new RestApi(idOf(context), context.place, Policy);
      apis.set(api.id, api);
      context.gateway.host(pathOfApi(api.id), async () => forbidden().answer(randomUUID()));
      return {
        ref: api.id,
        attributes: { RestApiId: api.id, RootResourceId: api.rootResourceId },
        remove: async () => {
          apis.delete(api.id);
          context.gateway.host(pathOfApi(api.id), async () => forbidden().answer(randomUUID()));
        },
      };
    },
  );

  const resource = defineHandler(
    z.strictObject({
      ParentId: z.string(),
      PathPart: z.string().regex(/^[\w.-]+$/, 'The sandbox knows no variables in paths.'),
      RestApiId: z.string(),
    }),
    async ({ ParentId, PathPart, RestApiId }, context) => {
      const id = idOf(context);
      apiOf(RestApiId).addResource(id, ParentId, PathPart);
      return createdAs(id);
    },
  );

  const method = defineHandler(
    z.strictObject({
      AuthorizationType: z.enum(['AWS_IAM', 'NONE']),
      HttpMethod: z.enum(['DELETE', 'GET', 'PATCH', 'POST', 'PUT']),
      Integration: proxyIntegration,
      RequestModels: z.record(z.string(), z.string()).default({}),
      RequestValidatorId: z.string().optional(),
      ResourceId: z.string(),
      RestApiId: z.string(),
    }),
    async (properties, context) => {
      const { HttpMethod: httpMethod, ResourceId: resourceId, RequestValidatorId: validator } = properties;
      const { TimeoutInMillis: timeout, Uri } = properties.Integration;
      const api = apiOf(properties.RestApiId);
      const checksBodies = validator !== undefined && api.validators.get(validator) === true;
      const models = Object.entries(properties.RequestModels).flatMap(([contentType, name]) => {
        const model = api.models.get(name);
        return model && checksBodies ? [[contentType, model] as const] : [];
      });
      api.addMethod({
        httpMethod,
        resourceId,
        authorizationType: properties.AuthorizationType,
        functionArn: Uri.split('/')[3] ?? '',
        timeout,
        models: Object.fromEntries(models),
      });
      return createdAs(context.generatedName());
    },
  );

  const model = defineHandler(
    z.strictObject({
      ContentType: z.literal('application/json'),
      Description: forPeople,
      Name: z.string(),
      RestApiId: z.string(),
      Schema: modelSchema,
    }),
    async ({ Name, RestApiId, Schema }) => {
      apiOf(RestApiId).models.set(Name, Schema);
      return createdAs(Name);
    },
  );

  const requestValidator = defineHandler(
    z.strictObject({
      Name: forPeople,
      RestApiId: z.string(),
      ValidateRequestBody: truth.default(false),
      ValidateRequestParameters: ignored('No method here asks for parameters.'),
    }),
    async ({ RestApiId, ValidateRequestBody }, context) => {
      const id = idOf(context);
      apiOf(RestApiId).validators.set(id, ValidateRequestBody);
      return createdAs(id);
    },
  );

  const deployment = defineHandler(
    z.strictObject({ Description: forPeople, RestApiId: z.string() }),
    async ({ RestApiId }, context) => {
      const id = idOf(context);
      apiOf(RestApiId).deploy(id);
      return { ...createdAs(id), attributes: { DeploymentId: id } };
    },
    { action: 'apigateway:POST' },
  );

  const account = defineHandler(
    z.strictObject({ CloudWatchRoleArn: z.string() }),
    async ({ CloudWatchRoleArn }, context) => {
      // AWS refuses a role that it cannot take.
      await context.gateway.serviceSession('apigateway.amazonaws.com', CloudWatchRoleArn, 'logs');
      logging.add(placeOf(context));
      return createdAs(context.generatedName());
    },
  );

  const stage = defineHandler(
    z.strictObject({
      AccessLogSetting: z.strictObject({ DestinationArn: z.string(), Format: z.string() }).optional(),
      DeploymentId: z.string(),
      Description: forPeople,
      MethodSettings: z.array(methodSettings).max(1).default([]),
      RestApiId: z.string(),
      StageName: z.string(),
      Tags: ignoredTags,
      TracingEnabled: ignored('The sandbox keeps no traces.'),
    }),
    async ({ AccessLogSetting, StageName: name, ...properties }, context) => {
      const api = apiOf(properties.RestApiId);
      const deployed = api.deployments.get(properties.DeploymentId);
      if (!deployed) throw new TemplateError(`There is no deployment ${properties.DeploymentId}.`);
      if (AccessLogSetting) checkAccessLog(AccessLogSetting.Format, logging.has(placeOf(context)));
      const [settings] = properties.MethodSettings;
      const served = new Stage(
        {
          ...{ api, name, deployed },
          throttle: settings
            ? { rate: settings.ThrottlingRateLimit, burst: settings.ThrottlingBurstLimit }
            : accountThrottle,
          ...(AccessLogSetting && {
            accessLog: {
              logGroup: /:log-group:([^:]+)/.exec(AccessLogSetting.DestinationArn)?.[1] ?? '',
              format: AccessLogSetting.Format,
            },
          }),
        },
        { lambda: context.services.lambda, clock },
      );
      for (const one of deployed.methods)
        context.gateway.setResourcePolicy(api.arnOf(name, one), api.completePolicy());
      const path = `${pathOfApi(api.id)}${name}`;
      context.gateway.host(`${path}/`, (request, hosted) =>
        served.answer(request, request.path.slice(path.length), hosted),
      );
      const remove = async () =>
        context.gateway.host(`${path}/`, async () => forbidden().answer(randomUUID()));
      return { ...createdAs(name), remove };
    },
  );

  return {
    'AWS::ApiGateway::Account': account,
    'AWS::ApiGateway::Deployment': deployment,
    'AWS::ApiGateway::Method': method,
    'AWS::ApiGateway::Model': model,
    'AWS::ApiGateway::RequestValidator': requestValidator,
    'AWS::ApiGateway::Resource': resource,
    'AWS::ApiGateway::RestApi': restApi,
    'AWS::ApiGateway::Stage': stage,
  };
};

/** Ids are of ten letters and digits. */
function idOf(context: ResourceContext): string {
  const digest = createHash('sha256').update(context.generatedName()).digest('hex');
  return BigInt(`0x${digest}`).toString(36).slice(0, 10);
}

/** What belongs to an API goes with it. */
function createdAs(ref: string): CreatedResource {
  return { ref, attributes: {}, remove: async () => {} };
}

function placeOf({ place: { accountId, region } }: ResourceContext): string {
  return `${accountId}/${region}`;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
function checkAccessLog(format: string, mayLog: boolean): void {
  if (!mayLog)
    throw new TemplateError('CloudWatch Logs role ARN must be set in account settings to enable logging.');
  const unknown = unknownVariables(format);
  if (unknown.length > 0)
    throw new UnsupportedError(`The sandbox does not write these into access logs: ${unknown.join(', ')}.`);
}
