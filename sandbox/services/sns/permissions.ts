import { isFields } from '../../../resources/kit/input';
import { ApiError } from '../../gateway/protocols/errors';

/** What a call grants other accounts. */
export interface Permission {
  /** Of the statement, its `Sid`. */
  label: string;
  accountIds: readonly string[];
  /** Names of operations, such as `Publish`. */
  actionNames: readonly string[];
}

/**
 * What AddPermission and RemovePermission of SNS ask for, by the parameters of a call.
 * @throws ApiError when a part is missing, or no account has such an id
 */
export function permissionOf({ Label, AWSAccountId, ActionName }: Record<string, unknown>): Permission {
  const accountIds = texts(AWSAccountId);
  const actionNames = texts(ActionName);
  const isWhole = typeof Label === 'string' && accountIds.length > 0 && actionNames.length > 0;
  if (!isWhole || !accountIds.every((id) => /^\d{12}$/.test(id))) {
    throw invalid('Give a Label, AWSAccountIds of twelve digits, and ActionNames.');
  }
  return { label: Label, accountIds, actionNames };
}

/**
 * A topic's policy with one more statement.
 * https://docs.aws.amazon.com/sns/latest/api/API_AddPermission.html
 * @param text of the policy
 * @throws ApiError when a statement has the label already
 */
export function withPermission(
  text: string,
  topicArn: string,
  { label, accountIds, actionNames }: Permission,
): string {
  const { document, statements } = read(text);
  if (statements.some((statement) => isLabelled(statement, label))) {
    throw invalid('Statement already exists');
  }
  const added = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: oneOrAll(accountIds.map((id) => `arn:aws:iam::${id}:root`)) },
    Action: oneOrAll(actionNames.map((name) => `SNS:${name}`)),
    Resource: topicArn,
  };
  return JSON.stringify({ ...document, Statement: [...statements, added] });
}

/**
 * A topic's policy without the statement of a label; as it was where none has it.
 * https://docs.aws.amazon.com/sns/latest/api/API_RemovePermission.html
 * @param text of the policy
 */
export function withoutPermission(text: string, label: string): string {
  const { document, statements } = read(text);
  const kept = statements.filter((statement) => !isLabelled(statement, label));
  return JSON.stringify({ ...document, Statement: kept });
}

function read(text: string): { document: object; statements: unknown[] } {
  const document = JSON.parse(text) as { Statement?: unknown };
  return { document, statements: [document.Statement ?? []].flat() };
}

function isLabelled(statement: unknown, label: string): boolean {
  return isFields(statement) && statement.Sid === label;
}

function oneOrAll(values: readonly string[]): unknown {
  return values.length === 1 ? values[0] : values;
}

function texts(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string');
}

function invalid(message: string): ApiError {
  return new ApiError('InvalidParameter', `Invalid parameter: ${message}`);
}
