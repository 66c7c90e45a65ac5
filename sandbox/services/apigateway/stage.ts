import { randomUUID } from 'node:crypto';
import { type Clock, pause } from '../../clock';
import { AccessDeniedError, type ApiAnswer, type HostedParts, type Signer } from '../../gateway/api';
import type { HttpRequest } from '../../gateway/protocols/request';
import { warnOf } from '../../gateway/warning';
import type { InvocationResult, LambdaService } from '../lambda/definitions';
import { ThrottledError } from '../lambda/lambda-api';
import { accessLogLine, requestTimeOf } from './access-log';
import {
  accessDenied,
  badGateway,
  badRequestBody,
  GatewayResponse,
  integrationFailure,
  integrationTimeout,
  missingToken,
  requestTooLarge,
  tooManyRequests,
} from './answers';
import { fits } from './model';
import { proxyAnswer } from './proxy-answer';
import { proxyEvent, sourceIp } from './proxy-event';
import type { Deployed, RestApi } from './rest-api';
import { TokenBucket } from './token-bucket';
import { verifyCaller } from './verify-caller';

/** The largest body that API Gateway takes; bytes. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const largestBody = 10 * 1024 * 1024;

/** What tells one stage from another. */
export interface StageSettings {
  api: RestApi;
  name: string;
  deployed: Deployed;
  /** Requests a second, and at once; AWS's own limits where the template gives none. */
  throttle: { rate: number; burst: number };
  accessLog?: { logGroup: string; format: string };
}

/** What a stage answers with. */
export interface StageParts {
  lambda: Pick<LambdaService, 'invokeAndWait'>;
  /** Of integrations, which may not take for ever. */
  clock: Clock;
}

/** Who is not asked who he is: only what lets in everybody lets him in. */
const anybody: Pick<Signer, 'principal' | 'userId'> = {
  principal: { kind: 'service', accountId: '', arn: 'anybody' },
  userId: 'anonymous',
};

/** A request on its way through a stage; what is known of it goes into the access log. */
interface Passage {
  requestId: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Without the stage: `/orders`. */
  path: string;
  method?: Deployed['methods'][number];
  signer?: Signer;
  responseType?: string;
}

/** A stage of a REST API, which answers requests. */
export class Stage {
  private readonly bucket: TokenBucket;

  constructor(
    private readonly settings: StageSettings,
    private readonly parts: StageParts,
  ) {
    this.bucket = new TokenBucket(settings.throttle);
  }

  /**
   * Answers a request as API Gateway does: the method, the caller, his permission, the throttle, the body, the function.
   * AWS does not say whether a request that is not allowed counts for the throttle; here it does not.
   * @param path without the stage
   * @throws UnsupportedError
   */
  async answer(request: HttpRequest, path: string, hosted: HostedParts): Promise<ApiAnswer> {
    const requestId = randomUUID();
    const passage: Passage = { requestId, at: hosted.now(), path };
    let answer: ApiAnswer;
    try {
      answer = await this.pass(request, passage, hosted);
    } catch (error) {
      if (!(error instanceof GatewayResponse)) throw error;
      passage.responseType = error.responseType;
      answer = error.answer(requestId);
    }
    this.log(request, passage, answer.status, hosted);
    return answer;
  }

  private async pass(request: HttpRequest, passage: Passage, hosted: HostedParts): Promise<ApiAnswer> {
    const { api, deployed } = this.settings;
    const method = deployed.methods.find(
      ({ httpMethod, resourcePath }) => httpMethod === request.method && resourcePath === passage.path,
    );
    if (!method) throw missingToken();
    passage.method = method;
    const caller = method.authorizationType === 'NONE' ? undefined : this.verified(request, hosted);
    if (caller) passage.signer = caller.signer;
    this.authorize(caller?.signer, method, hosted);
    if (!this.bucket.take(hosted.now())) throw tooManyRequests();
    if (request.tooLarge || request.body.length > largestBody) throw requestTooLarge();
    const contentType = request.headers['content-type']?.split(';')[0]?.trim() ?? 'application/json';
    const model = method.models[contentType];
    if (model && !fits(request.body, model)) throw badRequestBody();
    const { accountId, region, id: apiId } = api;
    const organizationId = caller && hosted.organizationOf(caller.signer.principal.accountId);
    const event = proxyEvent(request, {
      ...{ accountId, region, apiId, ...(caller && { caller }) },
      ...{ stage: this.settings.name, deploymentId: deployed.deploymentId },
      ...{ resourceId: method.resourceId, resourcePath: method.resourcePath },
      ...{ requestId: passage.requestId, at: passage.at },
      ...(organizationId !== undefined && { organizationId }),
    });
    const { payload, functionError } = await this.invoke(method, event);
    if (functionError !== undefined) throw badGateway();
    return proxyAnswer(payload, passage.requestId);
  }

  private verified(request: HttpRequest, { signerOf, now, events }: HostedParts) {
    try {
      return verifyCaller(request, signerOf, { region: this.settings.api.region, now: now() });
    } catch (error) {
      if (error instanceof GatewayResponse) {
        const who = `${request.method} ${request.path}`;
        warnOf({ who }, { code: error.errorType, message: error.message }, events);
      }
      throw error;
    }
  }

  /** By the caller's policies, where there is a caller, and the API's: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html */
  private authorize(
    signer: Signer | undefined,
    method: Deployed['methods'][number],
    { decide, events }: HostedParts,
  ): void {
    const { api, name } = this.settings;
    const action = 'execute-api:Invoke';
    const resource = api.arnOf(name, method);
    // Without a policy of the API's everybody gets in where nobody is asked.
    if (!signer && api.policy === undefined) return;
    const { principal, userId } = signer ?? anybody;
    const { allowed, reason } = decide({
      principal,
      action,
      resource,
      resourceAccountId: api.accountId,
      context: { 'aws:requestedregion': api.region, 'aws:userid': userId },
    });
    if (allowed) return;
    events.emit({ kind: 'denied', by: principal.arn, action, resource, reason });
    // API Gateway shows the end of the account's id alone.
    const shown = resource.replace(`:${api.accountId}:`, `:********${api.accountId.slice(-4)}:`);
    throw accessDenied(reason.replace(resource, shown));
  }

  private async invoke({ functionArn, timeout, ...method }: Deployed['methods'][number], event: object) {
    const { api, name } = this.settings;
    const ended = new AbortController();
    const late = pause(this.parts.clock, timeout, ended.signal).then(() => 'late' as const);
    const invocation = this.parts.lambda.invokeAndWait(functionArn, event, {
      servicePrincipal: 'apigateway.amazonaws.com',
      sourceArn: api.arnOf(name, method),
      sourceAccount: api.accountId,
    });
    // The function goes on when nobody waits for it any more.
    invocation.catch(() => {});
    try {
      const first: InvocationResult | 'late' = await Promise.race([invocation, late]);
      if (first === 'late') throw integrationTimeout();
      return first;
    } catch (error) {
      if (error instanceof AccessDeniedError || error instanceof ThrottledError) throw integrationFailure();
      throw error;
    } finally {
      ended.abort();
    }
  }

  private log(
    { method: httpMethod }: HttpRequest,
    passage: Passage,
    status: number,
    hosted: HostedParts,
  ): void {
    const { api, accessLog } = this.settings;
    if (!accessLog) return;
    const { signer, method, responseType, requestId, at } = passage;
    const line = accessLogLine(accessLog.format, {
      requestId,
      requestTime: requestTimeOf(at),
      ...(signer && {
        'identity.accountId': signer.principal.accountId,
        'identity.userArn': signer.principal.arn,
        'identity.caller': signer.userId,
      }),
      'identity.sourceIp': sourceIp,
      httpMethod,
      ...(method && { resourcePath: method.resourcePath }),
      status: String(status),
      ...(responseType !== undefined && { 'error.responseType': responseType }),
      responseLatency: String(hosted.now() - at),
      tlsVersion: 'TLSv1.3',
    });
    const { accountId, region } = api;
    hosted.events.emit({ kind: 'access-log', accountId, region, logGroup: accessLog.logGroup, line });
  }
}
