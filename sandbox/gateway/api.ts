import type { EventLog } from '../events';
import type { RequestContext } from './authorization/context';
import type { HttpRequest } from './protocols/request';

/** Who makes a call. */
export interface Principal {
  /** `account`: an administrator of the account; `role`: a session of a role; `service`: AWS itself. */
  kind: 'account' | 'role' | 'service';
  /** Account of the caller; empty for a service. */
  accountId: string;
  /** `arn:aws:iam::A:root`, `arn:aws:sts::A:assumed-role/NAME/SESSION`, or a service principal. */
  arn: string;
  /** For a role session: the role's ARN with its path, which is what `aws:PrincipalArn` compares with. */
  roleArn?: string;
  /** For a role session: whether the role may do everything in its account, as one that AWS keeps for a service. */
  administrator?: true;
  /** For a role session: the session policy document, when AssumeRole was given one. */
  sessionPolicy?: string;
}

/** One AWS API call as the gateway understood it. */
export interface ApiCall {
  /** Endpoint prefix: `ec2`, `s3`, `s3-control`, `sqs`, `sns`, `sts`, `iam`, `dynamodb`, `events`, `config`, `lambda`, … */
  service: string;
  /** For example `AuthorizeSecurityGroupIngress`. */
  operation: string;
  region: string;
  principal: Principal;
  /**
   * Whether it comes from outside: neither from the sandbox itself nor from a function. What cannot be answered of it is no
   * failure of the sandbox.
   */
  stranger?: boolean;
  /** The account whose resources the call reaches; another than the caller's for a queue by URL, say. */
  accountId: string;
  /** The parameters, decoded from query, JSON or REST; for S3: `{ Bucket, Key?, … headers and query in SDK names }`. */
  parameters: Record<string, unknown>;
  method: string;
  /** Path, percent-encoded, with query string. */
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  /** The caller's `User-Agent`, which moto does not get; absent for none. */
  userAgent?: string;
}

/** An HTTP answer. */
export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string;
}

/** How a call was refused, by whomever. */
export interface Refusal {
  /** AWS's error code, as the service wrote it: `UnauthorizedOperation`. */
  code: string;
  message: string;
}

/** What the sandbox itself answers in moto's place for a service. Authorization was done before it is called. */
export type OwnedService = (call: ApiCall) => Promise<ApiAnswer>;

/** What answers whatever has a path below its own and is no call of AWS's API: a REST API that a template deployed. */
export type Hosted = (request: HttpRequest, parts: HostedParts) => Promise<ApiAnswer>;

/** What a hosted thing verifies and judges its callers with. */
export interface HostedParts {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Who signs with this key; undefined when it was never issued. */
  signerOf: (accessKeyId: string) => Signer | undefined;
  /** @throws UnsupportedError when a condition that matters is not known to the sandbox. */
  decide: (request: AccessRequest) => Decision;
  /** Id of the organization that the account belongs to; undefined for none. */
  organizationOf: (accountId: string) => string | undefined;
  events: EventLog;
}

/** Who signs with a key, and what a signature of his is made with. */
export interface Signer {
  principal: Principal;
  /** `aws:userid` */
  userId: string;
  /** Any of them. */
  secrets: readonly string[];
  /** Any of them goes with the signature; undefined for none. */
  sessionTokens: readonly (string | undefined)[];
  /** Whether the session ended. */
  isOver: boolean;
}

/** A question to the authorization engine. */
export interface AccessRequest {
  principal: Principal;
  /** For example `sqs:SendMessage`. */
  action: string;
  /** ARN of the resource, or `*`. */
  resource: string;
  /** Account that owns the resource. */
  resourceAccountId: string;
  /** Condition keys beyond those that follow from the principal, lower-case names: `aws:sourcearn`, `events:source`. */
  context: RequestContext;
}

/** The engine's answer. */
export interface Decision {
  allowed: boolean;
  /** Which statement allowed or denied, or that none allowed. */
  reason: string;
}

/** Credentials for an SDK client or a function's environment. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** The front door of the sandbox: every AWS call goes through it. */
export interface Gateway {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** From now on `handler` answers for this service, or for the named operations of it only. */
  own(service: string, handler: OwnedService, operations?: readonly string[]): void;
  /**
   * From now on `hosted` answers whatever has a path below this one; it verifies its callers itself.
   * @param path begins and ends with a slash, and is no name that a bucket may have
   */
  host(path: string, hosted: Hosted): void;
  /**
   * Calls `listener` after each call that succeeded (2xx), before the caller gets the answer; awaited.
   * @returns stops that
   */
  afterCall(listener: (call: ApiCall, answer: ApiAnswer) => void | Promise<void>): () => void;
  /**
   * Calls `listener` after each call that was understood and refused, before the caller gets the answer.
   * @returns stops that
   */
  afterRefusal(listener: (call: ApiCall, refusal: Refusal) => void): () => void;
  /**
   * Administrator credentials of an account, for the sandbox itself: the access key id is the account id. A stranger uses the
   * same key, without the session token.
   */
  administratorOf(accountId: string): Credentials;
  /**
   * Has a service take a role in its own account, as Lambda does for a function, after checking the trust policy.
   * @throws AccessDeniedError when the role does not exist or does not trust the service.
   */
  serviceSession(
    servicePrincipal: string,
    roleArn: string,
    sessionName: string,
    sourceArn?: string,
  ): Promise<Credentials>;
  /**
   * A session of a role that may do everything in its account, and that AWS keeps there for one of its services. Service control
   * policies apply to it.
   */
  administratorSession(accountId: string, roleName: string, sessionName: string): Credentials;
  /** The principal that these credentials stand for; undefined when the gateway never issued them, or they expired. */
  principalOf(accessKeyId: string): Principal | undefined;
  /** Whether the account can use the Region: it is enabled by default, or the account has opted in to it. */
  isRegionEnabled(accountId: string, region: string): boolean;
  /** Decides by identity, session and resource policies, as AWS does across and within accounts. */
  authorize(request: AccessRequest): Decision;
  /**
   * Sets or, with undefined, removes the resource policy that the engine uses for an ARN.
   * @throws PolicyDocumentError when it is malformed, or lacks `Principal` or `Resource`; the policy stays as it was.
   */
  setResourcePolicy(resourceArn: string, policy: string | undefined): void;
  stop(): Promise<void>;
}

/** Thrown when authorization refuses; the message reads as AWS's. */
export class AccessDeniedError extends Error {
  override readonly name = 'AccessDeniedError';
}
