/** A call of AWS's API, as the SDK names it: a face shows it as a command. */
export interface ApiCall {
  /** As the SDK's packages name it: `organizations`, `config-service`. */
  service: string;
  /** `EnableAWSServiceAccess`. */
  operation: string;
  input: Readonly<Record<string, ApiValue>>;
  /** Where it is made; absent for services that know no Region. */
  region?: string;
}

/** What an API takes. */
export type ApiValue =
  | string
  | number
  | boolean
  | readonly ApiValue[]
  | { readonly [key: string]: ApiValue | undefined };

/** One step of a cure. */
export type CureStep =
  | { does: 'call'; call: ApiCall }
  /** The policy's file says otherwise, at this key. */
  | { does: 'edit the policy'; key: string; value: string }
  | { does: 'bootstrap'; account: string; region: string }
  | { does: 'deploy' }
  | { does: 'structure' }
  | { does: 'patrol'; account: string; region: string }
  /** The same question with credentials of the account of the cure. */
  | { does: 'ask again' }
  /** What the check before a deployment says of it. */
  /** Of members, by a role in each where `byRole`. */
  | { does: 'ask before'; byRole?: true };

/** What puts something right. */
export interface Cure {
  /** Whose credentials it requires; twelve digits. */
  account: string;
  /** What a person should know before: a sentence. */
  says?: string;
  steps: readonly CureStep[];
}

/** A cure of calls alone. */
export function callsIn(account: string, calls: readonly ApiCall[], says?: string): Cure {
  const steps = calls.map((call): CureStep => ({ does: 'call', call }));
  return { account, steps, ...(says !== undefined && { says }) };
}
