/** The account in an ARN, or undefined where `value` is no ARN or names none. */
export function accountOfArn(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('arn:')) return undefined;
  const accountId = value.split(':')[4] ?? '';
  return /^\d{12}$/.test(accountId) ? accountId : undefined;
}

/** `value` when it is an ARN, else `arn`. */
export function orArn(value: unknown, arn: string): string {
  return typeof value === 'string' && value.startsWith('arn:') ? value : arn;
}

/** Parameters that name a resource by an ARN which may lie in another account. */
const arnParameters = [
  'FunctionName',
  'KeyId',
  'ResourceArn',
  'RoleArn',
  'SecretId',
  'TableName',
  'TargetArn',
  'TopicArn',
  'EventBusName',
  'Name',
];

/** The account of the resource that a call's parameters name by its ARN. */
export function accountByArn(parameters: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of arnParameters) {
    const accountId = accountOfArn(parameters[name]);
    if (accountId) return accountId;
  }
  return undefined;
}
