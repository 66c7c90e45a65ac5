import type { PolicyHub } from '../../cli/hub-region';
import { UserError } from '../../cli/user-error';
import { functionNames, ledgerTableName, savedStatesTableName } from '../../core/names';
import { LedgerError } from '../../ledger/errors';
import { printable } from '../text/printable';

/** A part of the hub that a command asks. */
export type HubPart = 'ledger' | 'saved states' | 'coordinator' | 'organization' | 'caller';

/** Whose credentials a command uses. */
export interface Caller {
  /** Twelve digits. */
  account: string;
  arn: string;
}

/** What was asked when something went wrong. */
export interface HubQuestion {
  part: HubPart;
  region: string;
  /** Where the hub should be; undefined when no valid policy says. */
  policyHub: PolicyHub | undefined;
  /** Environment variables of the command. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Asks AWS whose credentials these are; may fail as well. */
  caller: () => Promise<Caller>;
}

/** What each part is called, and what using it takes. */
const parts: Record<HubPart, { name: string; permissions: string }> = {
  ledger: {
    name: `the table ${ledgerTableName}`,
    permissions: `dynamodb:Scan, dynamodb:Query and dynamodb:GetItem on the table ${ledgerTableName}`,
  },
  'saved states': {
    name: `the table ${savedStatesTableName}`,
    permissions: `dynamodb:Query on the table ${savedStatesTableName}`,
  },
  coordinator: {
    name: `the function ${functionNames.coordinator}`,
    permissions: `lambda:InvokeFunction on the function ${functionNames.coordinator}`,
  },
  organization: {
    name: 'AWS Organizations',
    permissions:
      "organizations:ListRoots, organizations:ListOrganizationalUnitsForParent and organizations:ListAccountsForParent, with credentials of the hub's account, which is a delegated administrator, or of the management account",
  },
  caller: {
    name: 'AWS STS',
    permissions: 'sts:GetCallerIdentity, which no policy can take away but an explicit deny',
  },
};

/**
 * What went wrong between this command and the hub, as a sentence that says what to do.
 * @param error what a client of the SDK, or the ledger, threw
 * @returns the error itself when it is no such thing, but a bug
 */
export async function explained(error: unknown, question: HubQuestion): Promise<unknown> {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  if (error instanceof LedgerError) return new UserError(printable(error.message));
  const message = explanation(error, question) ?? (await explanationWithCaller(error, question));
  return message === undefined ? error : new UserError(message);
}

/**
 * Names of errors, by what they mean. The SDK's own:
 * https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-credentials-node.html
 * and those that all services share: https://docs.aws.amazon.com/awssupport/latest/user/common-errors.html
 */
const meanings: Readonly<
  Record<string, 'none' | 'expired' | 'unknown' | 'denied' | 'missing' | 'throttled' | 'alone'>
> = {
  CredentialsProviderError: 'none',
  TokenProviderError: 'none',
  ExpiredToken: 'expired',
  ExpiredTokenException: 'expired',
  RequestExpired: 'expired',
  UnrecognizedClientException: 'unknown',
  InvalidClientTokenId: 'unknown',
  InvalidSignatureException: 'unknown',
  SignatureDoesNotMatch: 'unknown',
  IncompleteSignature: 'unknown',
  MissingAuthenticationToken: 'unknown',
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  ResourceNotFoundException: 'missing',
  ThrottlingException: 'throttled',
  ProvisionedThroughputExceededException: 'throttled',
  RequestLimitExceeded: 'throttled',
  TooManyRequestsException: 'throttled',
  AWSOrganizationsNotInUseException: 'alone',
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

/** Where the credentials are what is wrong, nobody can be asked whose they are. */
function explanation(error: Error, { region, environment }: HubQuestion): string | undefined {
  const { AWS_PROFILE: profile, AWS_ENDPOINT_URL: endpoint } = environment;
  const said = printable(error.message);
  switch (meanings[error.name]) {
    case 'none':
      return `There are no AWS credentials to use: ${ended(said)} Set AWS_PROFILE to a profile of the hub's account${profile ? ` (it is ${printable(profile)} now)` : ''}, and log in (aws sso login).`;
    case 'expired':
      return `The AWS credentials have expired. Log in again (aws sso login), or set fresh ones. AWS says: ${said}`;
    case 'unknown':
      return `AWS does not know these credentials. Look at AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN. AWS says: ${said}`;
    case 'throttled':
      return `AWS takes no more requests at the moment (${error.name}). Try again in a minute.`;
  }
  const code = codeOf(error);
  if (code !== undefined) {
    return `There is no connection to AWS in ${region} (${code}). Look at the network and at --region${endpoint ? `, and at AWS_ENDPOINT_URL, which is ${printable(endpoint)}` : ''}.`;
  }
  if (error.name === 'TimeoutError')
    return `AWS gave no answer in time. Look at the network; what became of a finding: staunch show FINDING. (${said})`;
  return undefined;
}

async function explanationWithCaller(error: Error, question: HubQuestion): Promise<string | undefined> {
  const { part, region } = question;
  const meaning = meanings[error.name];
  if (meaning === undefined && !('$metadata' in error)) return undefined;
  const caller = await question.caller().catch(() => undefined);
  const who = caller === undefined ? 'These credentials' : printable(caller.arn);
  const where = `${caller === undefined ? 'the account of these credentials' : `account ${caller.account}`}, ${region}`;
  const { name, permissions } = parts[part];
  const said = ended(printable(error.message));
  if (meaning === 'denied')
    return `${who} may not use ${name} in ${where}. It takes ${permissions}. AWS says: ${said}`;
  if (meaning === 'missing') {
    return `There is no hub in ${where}: ${name} does not exist there. ${whereTheHubIs(question.policyHub, caller, region)}`;
  }
  if (meaning === 'alone')
    return `${where} belongs to no organization. Use credentials of the hub's account, or of the management account (AWS_PROFILE).`;
  return `AWS refused a request to ${name} in ${where} (${error.name}): ${said}`;
}

function whereTheHubIs(hub: PolicyHub | undefined, caller: Caller | undefined, region: string): string {
  const advice = "Use credentials of the hub's account (AWS_PROFILE), and its Region (--region)";
  if (hub === undefined || (hub.account === caller?.account && hub.region === region))
    return `${advice}, or deploy the hub first.`;
  return `${advice}: config/organization.yaml says that it is account ${hub.account}, ${hub.region}.`;
}

/**
 * The code of an error of the connection. One that was tried over IPv4 and IPv6 fails with one error for both, which has
 * the code as well; one that the SDK has wrapped has it in its message alone.
 */
function codeOf(error: Error): string | undefined {
  if ('code' in error && unreachable.has(String(error.code))) return String(error.code);
  return /\bE[A-Z_]+\b/.exec(error.message)?.find((code) => unreachable.has(code));
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
