import {
  ledgerTableName,
  ordersApiName,
  ordersUrlParameter,
  queueNames,
  savedStatesTableName,
} from '../../core/names';
import { LedgerError } from '../../ledger/table/errors';
import { printable } from '../../resources/kit/printable';
import { OperatorError } from '../errors';

/** A part of the hub that is asked. */
export type HubPart =
  | 'ledger'
  | 'saved states'
  | 'orders'
  | 'orders URL'
  | 'organization'
  | 'patrol'
  | 'caller';

/** Whose credentials are used. */
export interface Caller {
  /** Twelve digits. */
  account: string;
  arn: string;
}

/** What went wrong between here and the hub. */
export type HubProblem =
  | 'no credentials'
  | 'expired credentials'
  | 'unknown credentials'
  | 'denied'
  | 'missing'
  | 'throttled'
  | 'no organization'
  | 'no connection'
  | 'no answer'
  | 'refused';

/** What each part is called, and what using it takes. */
export const hubParts: Readonly<Record<HubPart, { name: string; permissions: string }>> = {
  ledger: {
    name: `the table ${ledgerTableName}`,
    permissions: `dynamodb:Scan, dynamodb:Query and dynamodb:GetItem on the table ${ledgerTableName}`,
  },
  'saved states': {
    name: `the table ${savedStatesTableName}`,
    permissions: `dynamodb:Query on the table ${savedStatesTableName}`,
  },
  orders: {
    name: `the API ${ordersApiName}`,
    permissions: `execute-api:Invoke on POST /orders of the API ${ordersApiName}`,
  },
  'orders URL': {
    name: `the parameter ${ordersUrlParameter}`,
    permissions: `ssm:GetParameter on the parameter ${ordersUrlParameter}`,
  },
  organization: {
    name: 'AWS Organizations',
    permissions:
      "organizations:ListRoots, organizations:ListOrganizationalUnitsForParent and organizations:ListAccountsForParent, with credentials of the hub's account, which is a delegated administrator, or of the management account",
  },
  patrol: {
    name: `the queue ${queueNames.patrol}`,
    permissions: `sqs:SendMessage on the queue ${queueNames.patrol}`,
  },
  caller: {
    name: 'AWS STS',
    permissions: 'sts:GetCallerIdentity, which no policy can take away but an explicit deny',
  },
};

/** What is known of a request that failed. */
export interface HubFailure {
  problem: HubProblem;
  part: HubPart;
  region: string;
  /** The name of AWS's error, or Node.js's code of the connection's. */
  code: string;
  /** What AWS, or its client, says; printable. */
  said: string;
  /** Whose credentials they are; absent where AWS does not tell, or it does not matter. */
  caller?: Caller;
}

/** Thrown when a part of the hub, or AWS Organizations, could not be asked. Each face says what to do about it. */
export class HubError extends OperatorError {
  override readonly name = 'HubError';

  constructor(readonly failure: HubFailure) {
    const { problem, part, region, code, said } = failure;
    super(`A request to ${hubParts[part].name} in ${region} failed, ${problem} (${code}): ${said}`);
  }
}

/** What was asked when something went wrong. */
export interface HubQuestion {
  part: HubPart;
  region: string;
  /** Asks AWS whose credentials these are; may fail as well. */
  caller: () => Promise<Caller>;
}

/**
 * What went wrong between here and the hub.
 * @param error what a client of the SDK, or the ledger, threw
 * @returns the error itself when it is no such thing, but a bug
 */
export async function explained(error: unknown, { part, region, caller }: HubQuestion): Promise<unknown> {
  if (error instanceof OperatorError || !(error instanceof Error)) return error;
  if (error instanceof LedgerError) return new OperatorError(printable(error.message));
  const found = problemOf(error);
  if (found === undefined) return error;
  const failure: HubFailure = { ...found, part, region, said: printable(error.message) };
  // Where the credentials or the connection are what is wrong, nobody can be asked whose they are.
  if (!whoMatters.has(found.problem)) return new HubError(failure);
  const known = await caller().catch(() => undefined);
  return new HubError({ ...failure, ...(known && { caller: known }) });
}

const whoMatters: ReadonlySet<HubProblem> = new Set(['denied', 'missing', 'no organization', 'refused']);

/**
 * Names of errors, by what they mean. The SDK's own:
 * https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-credentials-node.html
 * and those that all services share: https://docs.aws.amazon.com/awssupport/latest/user/common-errors.html
 */
const meanings: Readonly<Record<string, HubProblem>> = {
  CredentialsProviderError: 'no credentials',
  TokenProviderError: 'no credentials',
  ExpiredToken: 'expired credentials',
  ExpiredTokenException: 'expired credentials',
  RequestExpired: 'expired credentials',
  UnrecognizedClientException: 'unknown credentials',
  InvalidClientTokenId: 'unknown credentials',
  InvalidSignatureException: 'unknown credentials',
  SignatureDoesNotMatch: 'unknown credentials',
  IncompleteSignature: 'unknown credentials',
  MissingAuthenticationToken: 'unknown credentials',
  IncompleteSignatureException: 'unknown credentials',
  InvalidClientTokenIdException: 'unknown credentials',
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  ResourceNotFoundException: 'missing',
  QueueDoesNotExist: 'missing',
  ParameterNotFound: 'missing',
  // Of API Gateway, for a path, and for a stage or a host, that it does not know.
  MissingAuthenticationTokenException: 'missing',
  ForbiddenException: 'missing',
  ThrottlingException: 'throttled',
  ProvisionedThroughputExceededException: 'throttled',
  RequestLimitExceeded: 'throttled',
  TooManyRequestsException: 'throttled',
  LimitExceededException: 'throttled',
  AWSOrganizationsNotInUseException: 'no organization',
  TimeoutError: 'no answer',
};

/** Codes by which Node.js says that there was no connection: https://nodejs.org/api/errors.html#common-system-errors */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
]);

/** Codes by which Node.js says that it does not trust who answered: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const untrusted = /^(?:CERT_|ERR_SSL|ERR_TLS|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/;

/** Undefined for what is no error of AWS, its client or the network. */
function problemOf(error: Error): Pick<HubFailure, 'problem' | 'code'> | undefined {
  const code = connectionCode(error);
  const meaning = Object.hasOwn(meanings, error.name) ? meanings[error.name] : undefined;
  // A time limit of the connection has both.
  if (code !== undefined && (meaning === undefined || meaning === 'no answer'))
    return { problem: 'no connection', code };
  if (meaning !== undefined) return { problem: meaning, code: error.name };
  if ('code' in error && untrusted.test(String(error.code)))
    return { problem: 'no connection', code: String(error.code) };
  return '$metadata' in error ? { problem: 'refused', code: error.name } : undefined;
}

/**
 * The code of an error of the connection; undefined for any other. One that was tried over IPv4 and IPv6 fails with one error for both,
 * which has the code as well; one that the SDK has wrapped has it in its message alone.
 */
export function connectionCode(error: Error): string | undefined {
  if ('code' in error && unreachable.has(String(error.code))) return String(error.code);
  return /\bE[A-Z_]+\b/.exec(error.message)?.find((code) => unreachable.has(code));
}
