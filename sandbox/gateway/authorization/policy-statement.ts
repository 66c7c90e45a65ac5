/** A statement's principals: everybody, or the values by kind, as the policy names them (`AWS`, `Service`, …). */
export type Principals = '*' | Readonly<Record<string, readonly string[]>>;

/** Values to compare with, by condition key, by operator, as the policy spells them. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** One statement of a policy, with every list made explicit. */
export interface Statement {
  /** `Sid`, or the statement's place in the policy: `statement 1`. */
  label: string;
  effect: 'Allow' | 'Deny';
  principal?: Principals;
  notPrincipal?: Principals;
  action?: readonly string[];
  notAction?: readonly string[];
  resource?: readonly string[];
  notResource?: readonly string[];
  condition: Conditions;
}
