import type { ResourceHandler } from '../cloudformation/resource-type';
import type { EventLog } from '../events';
import type { AccessRequest, ApiAnswer, ApiCall, Decision, OwnedService, Principal } from '../gateway/api';
import type { RequestContext } from '../gateway/authorization/context';
import type { PolicyKind } from '../gateway/authorization/policy-kind';
import type { Sessions } from '../gateway/identity/sessions';
import type { Learned } from '../gateway/learned';
import type { MotoConnection, MotoRequest } from '../gateway/moto-connection';
import type { ServiceErrors } from '../gateway/protocols/errors';
import type { HttpRequest } from '../gateway/protocols/request';
import type { NeededAccess, ServiceNeeds } from './needed';

/**
 * An AWS service, as far as the sandbox knows it: one folder each, with files of the same names, and one line in `registry.ts`. What
 * is absent is as with most services.
 */
export interface Service {
  /** Its name in IAM's actions and in ARNs, and `ApiCall.service`. */
  readonly name: string;
  /** `protocol.ts`: how a call is read, and how errors are written. Default: AWS's JSON or query protocol, whichever a request speaks. */
  readonly protocol?: Protocol;
  /** `needs.ts`: which permissions a call needs, by operation. */
  readonly needs?: ServiceNeeds;
  /** `policy.ts`: the policies that its calls set, and how a resource's policy is found. */
  readonly policy?: Policies;
  /**
   * `observe.ts`: what is learnt from a call that succeeded.
   * @throws UnsupportedError when the call sets something that the gateway would have to enforce and cannot.
   */
  readonly observe?: Observe;
  /** `quirks.ts`: what AWS does and moto does not. */
  readonly quirks?: Quirks;
  /** `trail.ts`: what CloudTrail records of it. Default: nothing, as of services in which no control fixes anything. */
  readonly trail?: Trail;
  /** `deploy.ts`: how a template's resources are created, by their type. Made once for each sandbox. */
  readonly resourceTypes?: () => Readonly<Record<string, ResourceHandler>>;
}

/** What a request asks for. */
export interface Operation {
  /** See `ApiCall.service`. */
  service: string;
  /** AWS's name of the operation; for a REST call that the gateway does not know, method and path. */
  operation: string;
  parameters: Record<string, unknown>;
}

/** How a service's calls are read, and its errors written. */
export interface Protocol {
  /** The service's name in signatures, where it is another one. */
  readonly signingName?: string;
  /** How the paths begin by which it is told from another service with the same signing name. */
  readonly pathPrefix?: string;
  /** Whether a body may be a user's data, whose content type says nothing of the call. */
  readonly carriesData?: true;
  /**
   * The path of a request, decoded, with what its host names: a bucket, of S3. Default: the path as it is.
   * @param path decoded
   */
  readonly pathWithHost?: (path: string, host: string) => string;
  /**
   * Reads a call of a REST service.
   * @throws ApiError when the request can be read in two ways.
   */
  readonly read?: (request: HttpRequest) => Omit<Operation, 'service'>;
  /** The account whose resources a call reaches. Default: the account of an ARN among the parameters, else the caller's. */
  readonly accountOf?: (asked: Asked, learned: Learned) => string;
  readonly errors?: ServiceErrors;
}

/** A call of which the account is sought. */
export interface Asked extends Omit<Operation, 'service'> {
  request: HttpRequest;
  callerAccountId: string;
}

/** What a service's policies are. */
export interface Policies {
  /** What kind of policy its resources have. Default: `resource`. */
  readonly kind?: PolicyKind;
  /** The error code with which it refuses a malformed policy. Default: `MalformedPolicyDocument`. */
  readonly malformed?: string;
  /** Whether an empty text takes the policy of a resource away. */
  readonly emptyRemoves?: true;
  /** The policy that a call sets. */
  readonly setBy?: (call: ApiCall) => { kind: PolicyKind; text: unknown } | undefined;
  /** The ARN of the resource that has the policy for a part of it: of the bucket for an object. Default: the resource itself. */
  readonly holderOf?: (resource: string) => string;
  /** Whether the resource's policy has to allow what is asked, even to its own account, and to that account's administrators. */
  readonly required?: true;
  /**
   * Whether a setting keeps a caller out although the resource's policy lets him in.
   * @param holder ARN of the resource that has the policy
   */
  readonly restricts?: (holder: string, policy: string, principal: Principal, learned: Learned) => boolean;
  /** The service's own condition keys that every request to it carries. */
  readonly context?: (request: AccessRequest) => RequestContext;
}

/** Learns from a call that succeeded. */
export type Observe = (call: ApiCall, answer: ApiAnswer, parts: ObservingParts) => void | Promise<void>;

/** What observing takes. */
export interface ObservingParts {
  learned: Learned;
  moto: MotoConnection;
  events: EventLog;
}

/** Where AWS and moto differ. */
export interface Quirks {
  /**
   * Refuses callers before permissions are looked at. An administrator whom it lets pass needs no permission then.
   * @throws ApiError as the service would answer.
   */
  readonly checkCaller?: (call: ApiCall, learned: Learned) => void;
  /**
   * Refuses an allowed call that moto would let through.
   * @param under decides about the caller's access as if a resource had this policy
   * @throws ApiError as the service would answer.
   */
  readonly check?: (call: ApiCall, learned: Learned, under: DecideUnder) => void;
  /** Has moto answer, by a request which it understands as AWS would. */
  readonly askMoto?: (call: ApiCall, request: MotoRequest, moto: MotoConnection) => Promise<ApiAnswer>;
  /** Makes moto's answer AWS's. */
  readonly effective?: (call: ApiCall, answer: ApiAnswer, learned: Learned) => ApiAnswer;
  /** Answers single operations in moto's place; made once for each gateway. */
  readonly standIn?: (parts: StandInParts) => StandIn;
  /** Answers every call, and decides itself whether it is allowed. */
  readonly answer?: (call: ApiCall, parts: AnswerParts) => Promise<ApiAnswer>;
}

/**
 * Whether a call's caller would have an access if the resource had this policy.
 * @param policy text of a well-formed policy
 * @throws UnsupportedError when a condition that matters is not known to the sandbox
 */
export type DecideUnder = (policy: string, needed: NeededAccess) => Decision;

/** What answers operations in moto's place. */
export interface StandIn {
  operations: readonly string[];
  answer: OwnedService;
  /** Hears of each call that succeeded, of every service. */
  heard?: (call: ApiCall, answer: ApiAnswer) => void;
}

/** What a stand-in works with. */
export interface StandInParts {
  learned: Learned;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** What CloudTrail records of a service; undefined for nothing. */
  trailOf: (service: string) => Trail | undefined;
}

/** What a service that decides itself answers from. */
export interface AnswerParts {
  /** `aws:userid` of the caller. */
  userId: string;
  learned: Learned;
  sessions: Sessions;
  events: EventLog;
  decide: (request: AccessRequest) => Decision;
}

/**
 * What CloudTrail records of a service. Field names and forms differ from the API's, and from service to service:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface Trail {
  /** By what the resources of a call are named in the history; what is no text is passed over. */
  namesOf(call: ApiCall): readonly unknown[];
  /** Whether a call is about data, which nobody records unless he is asked to. */
  isData?: (call: ApiCall) => boolean;
  /** The record's `eventSource`. Default: the service's name before `.amazonaws.com`. */
  readonly source?: string;
  /** The record's `eventName`, where it is not the operation. */
  eventName?: (operation: string) => string;
  /** The record's `userAgent`, where it is not the header. */
  userAgent?: (header: string) => string;
  /** The record's `errorCode`, where it is not the code of the answer. */
  errorCode?: (code: string) => string;
  /** The record's `requestParameters`. */
  requestParameters: (call: ApiCall) => object | null;
  /** The record's `responseElements` of a call that succeeded. Default: null. */
  responseElements?: (call: ApiCall, answer: ApiAnswer) => object | null;
  /** The record's `resources`, of services that name them. */
  resources?: (call: ApiCall) => readonly object[];
}
