import { principalName } from '../core/actor';

/** A role or a user, as sessions and calls tell it: without its path. */
export interface NamedPrincipal {
  /** Twelve digits. */
  account: string;
  name: string;
}

/** The role that an ARN of IAM names; undefined for any other text. */
export function namedRole(arn: string): NamedPrincipal | undefined {
  return namedBy(/^arn:aws(?:-[a-z]+)*:iam::(\d{12}):role\/(?:[!-~]*\/)?([^/]+)$/, arn);
}

/** The user that an ARN of IAM names; undefined for any other text. */
export function namedUser(arn: string): NamedPrincipal | undefined {
  return namedBy(/^arn:aws(?:-[a-z]+)*:iam::(\d{12}):user\/(?:[!-~]*\/)?([^/]+)$/, arn);
}

function namedBy(pattern: RegExp, arn: string): NamedPrincipal | undefined {
  const [, account, name] = pattern.exec(arn) ?? [];
  return account !== undefined && name !== undefined && principalName.test(name)
    ? { account, name }
    : undefined;
}
