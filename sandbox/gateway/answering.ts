import type { EventLog } from '../events';
import { UnsupportedError } from '../failures';
import { RegionOptIns } from '../services/account/regions';
import { OrganizationFacts } from '../services/organizations/organization-facts';
import { serviceNamed, serviceSignedAs } from '../services/registry';
import type { Operation } from '../services/service';
import type { Access } from './access';
import {
  AccessDeniedError,
  type AccessRequest,
  type ApiAnswer,
  type ApiCall,
  type HostedParts,
  type Principal,
  type Refusal,
} from './api';
import { authorizeCall, requestOf } from './authorize-call';
import { answerHosted, type HostedPaths } from './hosted';
import { type Sessions, unknownKeyOf } from './identity/sessions';
import type { Learned } from './learned';
import type { MotoConnection } from './moto-connection';
import type { Owners } from './owners';
import { checkPolicyOf } from './policy-of-call';
import { canonicalRequest, headersForMoto } from './protocols/canonical';
import { denialOf, errorAnswer, errorsOf, notSigned, refusalIn } from './protocols/error-answer';
import { ApiError } from './protocols/errors';
import { jsonForMoto } from './protocols/json';
import { dialectOf, operationOf } from './protocols/operation';
import { type HttpRequest, largestBody } from './protocols/request';
import { type SignatureScope, signatureScopeOf } from './protocols/signature';
import { accountOf } from './routing';
import { refusalOf, type StrangersCall } from './stranger';
import { warnOf } from './warning';

/** What answering a request takes. */
export interface AnsweringParts {
  learned: Learned;
  access: Access;
  sessions: Sessions;
  owners: Owners;
  hosted: HostedPaths;
  /** Milliseconds since the epoch. */
  now: () => number;
  moto: MotoConnection;
  events: EventLog;
  /** Hears of what neither moto nor the sandbox handles. */
  reportFailure: (error: Error) => void;
  /** Called after each call that succeeded. */
  listeners: ReadonlySet<(call: ApiCall, answer: ApiAnswer) => void | Promise<void>>;
  /** Called after each call that was refused. */
  refusalListeners: ReadonlySet<(call: ApiCall, refusal: Refusal) => void>;
}

/**
 * Answers one request: who calls, what is asked, whether it is allowed; then the owner of the call or moto answers, and what
 * the call changed is learned. Whatever goes wrong becomes an answer as AWS would give it; what only the sandbox is to blame
 * for is reported as a failure as well, or, where a stranger asked for it, as a warning.
 */
export async function answerRequest(received: HttpRequest, parts: AnsweringParts): Promise<ApiAnswer> {
  const hosted = parts.hosted.at(received.path);
  if (hosted) {
    const { access, learned, sessions, events, now } = parts;
    const hostedParts: HostedParts = {
      now,
      signerOf: (accessKeyId) => sessions.signerOf(accessKeyId),
      decide: (asked) => access.decide(asked),
      organizationOf: (accountId) => learned.of(OrganizationFacts).idFor(accountId),
      events,
    };
    return answerHosted(hosted, received, hostedParts, parts.reportFailure);
  }
  let request = received;
  const scope = signatureScopeOf(request);
  if (!scope) {
    const dialect = dialectOf(request, 's3');
    const error = notSigned(dialect);
    warnOf({ who: `${request.method} ${request.path} without a signature` }, error, parts.events);
    return errorAnswer(error, 's3', dialect);
  }
  const stranger = parts.sessions.isStranger(scope.accessKeyId, scope.sessionToken);
  const service = serviceSignedAs(scope.signingName, request.path);
  let operation: Operation = { service, operation: '', parameters: {} };
  let principal: Principal | undefined;
  let call: ApiCall | undefined;
  try {
    request = canonicalRequest(request, scope);
    refuseEmulatorsOwn(request);
    operation = operationOf(request, scope.signingName);
    principal = parts.sessions.authenticate(
      scope.accessKeyId,
      scope.sessionToken,
      errorsOf(operation.service),
    );
    requireRegion(principal, scope.region, operation, parts.learned);
    if (request.tooLarge) throw new UnsupportedError(`The body is larger than ${largestBody} bytes.`);
    call = {
      ...callOf(request, scope, operation, principal, parts.learned),
      ...(stranger && { stranger }),
    };
    const answer = await answerCall(call, scope.accessKeyId, parts);
    if (answer.status >= 200 && answer.status < 300) {
      await serviceNamed(call.service)?.observe?.(call, answer, parts);
      for (const listener of parts.listeners) await listener(call, answer);
    } else tellRefusal(call, answer, parts);
    return answer;
  } catch (error) {
    const dialect = dialectOf(request, operation.service);
    const asked: StrangersCall = { who: scope.accessKeyId, ...operation, dialect, region: scope.region };
    const known = knownError(error, operation);
    if (known && principal === undefined && stranger) warnOf(asked, known, parts.events);
    const unknown = () =>
      stranger ? refusalOf(asked, error, parts.events) : failureOf(error, operation, parts.reportFailure);
    const answer = errorAnswer(known ?? unknown(), operation.service, dialect);
    if (call !== undefined && known) tellRefusal(call, answer, parts);
    return answer;
  }
}

/**
 * Refuses credentials in a Region that their account has not opted in to: there they are not known. AWS Account Management is asked
 * in any Region.
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 * @throws ApiError as for a key that was never issued
 */
function requireRegion(
  { accountId }: Principal,
  region: string,
  { service }: Operation,
  learned: Learned,
): void {
  if (service === 'account' || learned.of(RegionOptIns).isEnabled(accountId, region)) return;
  throw unknownKeyOf(errorsOf(service));
}

function tellRefusal(call: ApiCall, answer: ApiAnswer, { refusalListeners }: AnsweringParts): void {
  const refusal = answer.status >= 400 ? refusalIn(answer) : undefined;
  if (refusal !== undefined) for (const listener of refusalListeners) listener(call, refusal);
}

/** The emulator's own interface, which would let anybody empty it: it is no part of AWS. */
function refuseEmulatorsOwn({ path }: HttpRequest): void {
  if (/^\/(moto-api|favicon\.ico$|latest\/(meta-data|api)\/)/i.test(path))
    throw new UnsupportedError('The emulator is not reached through the gateway.');
}

function callOf(
  request: HttpRequest,
  scope: SignatureScope,
  operation: Operation,
  principal: Principal,
  learned: Learned,
): ApiCall {
  const { method, url, body } = request;
  const { region } = scope;
  const headers = headersForMoto(request, scope);
  const accountId = accountOf(operation, request, principal.accountId, learned);
  const userAgent = request.headers['user-agent'];
  return {
    ...{ ...operation, region, principal, accountId, method, url, headers, body },
    ...(userAgent !== undefined && { userAgent }),
  };
}

async function answerCall(call: ApiCall, accessKeyId: string, parts: AnsweringParts): Promise<ApiAnswer> {
  const { learned, sessions, owners, access } = parts;
  const userId = sessions.userIdOf(accessKeyId);
  const quirks = serviceNamed(call.service)?.quirks;
  const decide = (request: AccessRequest) => access.decide(request);
  if (quirks?.answer) return quirks.answer(call, { ...parts, userId, decide });
  quirks?.checkCaller?.(call, learned);
  authorizeCall(call, userId, parts);
  checkPolicyOf(call);
  quirks?.check?.(call, learned, (policy, needed) =>
    access.decideUnder(requestOf(call, userId, needed), policy),
  );
  const owner = owners.ownerOf(call);
  return owner ? owner(call) : askMoto(call, parts);
}

async function askMoto(call: ApiCall, { moto, reportFailure, learned }: AnsweringParts): Promise<ApiAnswer> {
  const { method, url, headers, accountId, service, operation } = call;
  const quirks = serviceNamed(service)?.quirks;
  const request = { method, url, headers, body: bodyForMoto(call), accountId };
  const answer = quirks?.askMoto ? await quirks.askMoto(call, request, moto) : await moto.send(request);
  const said = answer.body.toString().slice(0, 500);
  // moto answers a page to what it does not know at all.
  const isPage = answer.status >= 400 && /^\s*<!doctype html/i.test(said);
  if (answer.status >= 500 || (isPage && call.stranger)) {
    const failure = new UnsupportedError(
      `moto answered ${answer.status} to ${service}:${operation} in ${accountId}: ${isPage ? titleOf(said) : said}`,
    );
    if (call.stranger) throw failure;
    reportFailure(failure);
  }
  return quirks?.effective?.(call, answer, learned) ?? answer;
}

/** What a page is about. */
function titleOf(page: string): string {
  return /<title>(.*?)<\/title>/s.exec(page)?.[1] ?? 'a page';
}

function bodyForMoto({ headers, body }: ApiCall): Buffer {
  return headers['x-amz-target'] ? jsonForMoto(body.toString('utf8')) : body;
}

/** An error that AWS gives as well; undefined for what only the sandbox is to blame for. */
function knownError(error: unknown, { service }: Operation): ApiError | undefined {
  if (error instanceof ApiError) return error;
  return error instanceof AccessDeniedError ? denialOf(service, error.message) : undefined;
}

function failureOf(
  error: unknown,
  { service, operation }: Operation,
  reportFailure: (error: Error) => void,
): ApiError {
  const failure = error instanceof Error ? error : new Error(String(error));
  reportFailure(failure);
  return error instanceof UnsupportedError
    ? new ApiError('NotImplemented', failure.message, 501)
    : new ApiError('InternalFailure', `${service}:${operation}: ${failure.message}`, 500);
}
