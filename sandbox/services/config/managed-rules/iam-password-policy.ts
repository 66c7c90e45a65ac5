import { GetAccountPasswordPolicyCommand, type PasswordPolicy } from '@aws-sdk/client-iam';
import type { AccountClients } from '../account-clients';
import type { ManagedRule } from './managed-rule';

/** AWS's defaults for the parameters that a rule leaves out. */
const defaults = {
  RequireUppercaseCharacters: 'true',
  RequireLowercaseCharacters: 'true',
  RequireSymbols: 'true',
  RequireNumbers: 'true',
  MinimumPasswordLength: '14',
  PasswordReusePrevention: '24',
  MaxPasswordAge: '90',
};

/**
 * Whether the account's password policy is as strict as the parameters.
 * https://docs.aws.amazon.com/config/latest/developerguide/iam-password-policy.html
 */
export const iamPasswordPolicy: ManagedRule = {
  identifier: 'IAM_PASSWORD_POLICY',
  changedBy: ({ service, operation }) =>
    service === 'iam' && /^(Update|Delete)AccountPasswordPolicy$/.test(operation),
  async evaluate(clients, parameters) {
    const policy = await passwordPolicy(clients);
    const weak = policy === undefined || weaknesses(policy, { ...defaults, ...parameters }).length > 0;
    return { complianceType: weak ? 'NON_COMPLIANT' : 'COMPLIANT' };
  },
};

/** The names of the parameters that a policy does not meet. */
export function weaknesses(policy: PasswordPolicy, parameters: Readonly<typeof defaults>): string[] {
  const required = (parameter: string, met: boolean | undefined) =>
    parameter.toLowerCase() !== 'true' || met === true;
  const meets: Record<keyof typeof defaults, boolean> = {
    RequireUppercaseCharacters: required(
      parameters.RequireUppercaseCharacters,
      policy.RequireUppercaseCharacters,
    ),
    RequireLowercaseCharacters: required(
      parameters.RequireLowercaseCharacters,
      policy.RequireLowercaseCharacters,
    ),
    RequireSymbols: required(parameters.RequireSymbols, policy.RequireSymbols),
    RequireNumbers: required(parameters.RequireNumbers, policy.RequireNumbers),
    MinimumPasswordLength: (policy.MinimumPasswordLength ?? 0) >= Number(parameters.MinimumPasswordLength),
    PasswordReusePrevention:
      (policy.PasswordReusePrevention ?? 0) >= Number(parameters.PasswordReusePrevention),
    // No age, or zero, means that passwords do not expire.
    MaxPasswordAge: (policy.MaxPasswordAge || Number.POSITIVE_INFINITY) <= Number(parameters.MaxPasswordAge),
  };
  return Object.entries(meets).flatMap(([name, met]) => (met ? [] : [name]));
}

async function passwordPolicy(clients: AccountClients): Promise<PasswordPolicy | undefined> {
  try {
    return (await clients.iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy;
  } catch (error) {
    // NoSuchEntity: the account has no policy of its own.
    if (error instanceof Error && error.name.startsWith('NoSuchEntity')) return undefined;
    throw error;
  }
}
