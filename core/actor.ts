import * as z from 'zod/mini';
import { cut } from './cut';
import { accountIdPattern } from './finding';

/** The longest session name that AWS STS takes. */
const longestSession = 64;
/** The characters of `by` in the ledger, at most. */
const longestText = 300;

/**
 * Names of roles, users, permission sets and sessions:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const principalName = /^[\w+=,.@-]{1,64}$/;

/** Who gives an order, as AWS has verified it. */
export const actorSchema = z.object({
  kind: z.literal('aws'),
  /** The account that the role, user or root belongs to; twelve digits. */
  account: z.string().check(z.regex(accountIdPattern)),
  type: z.enum(['role', 'user', 'root']),
  /** The role's or the user's name, without its path; `root` for the root user. */
  name: z.string().check(z.regex(principalName)),
  /** What the session of a role is named. Whoever assumes the role chooses it, but for roles of Identity Center: a stranger's text. */
  session: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(longestSession))),
});

/** Who gives an order, as AWS has verified it. */
export type Actor = z.infer<typeof actorSchema>;

/** What API Gateway says of a caller that it has authorized by IAM: `requestContext.identity`. */
export interface CallerIdentity {
  accountId?: string | null;
  userArn?: string | null;
  caller?: string | null;
}

/** Of AWS's partitions: `aws`, `aws-us-gov`, `aws-cn` and others. */
const arnPattern = /^arn:aws(?:-[a-z]+)*:(iam|sts)::(\d{12}):([!-~].*)$/s;

/**
 * Who called API Gateway. Its ARN says whom AWS has verified: a session of a role (without the role's path), a user (with its path), or
 * root. `caller` is the principal's id, of a session `AROA…:session`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 * @returns undefined for what is not understood, and is to be refused: a federated user, a service, parts that are missing or contradict
 *   each other
 */
export function actorOf({ accountId, userArn, caller }: CallerIdentity): Actor | undefined {
  const [, service, account = '', principal = ''] = arnPattern.exec(userArn ?? '') ?? [];
  if (service === undefined || account !== accountId) return undefined;
  const found = service === 'iam' ? ofIam(principal) : ofSession(principal, caller);
  const actor = actorSchema.safeParse({ kind: 'aws', account, ...found });
  return actor.success ? actor.data : undefined;
}

type Principal = Pick<Actor, 'type' | 'name' | 'session'>;

function ofIam(principal: string): Principal | undefined {
  if (principal === 'root') return { type: 'root', name: 'root' };
  const [, name] = /^user\/(?:[!-~]*\/)?([^/]+)$/.exec(principal) ?? [];
  return name === undefined ? undefined : { type: 'user', name };
}

function ofSession(principal: string, caller: string | null | undefined): Principal | undefined {
  const [, name, session] = /^assumed-role\/([^/]+)\/([^/]+)$/.exec(principal) ?? [];
  if (name === undefined || session === undefined) return undefined;
  const [, called] = /^[^:]*:(.*)$/s.exec(caller ?? '') ?? [];
  if (caller && called !== session) return undefined;
  return { type: 'role', name, session: cut(session, longestSession) };
}

/** A person whom IAM Identity Center has signed in. */
export interface Person {
  /** The name of the session, which Identity Center sets to the user's name. */
  name: string;
  permissionSet: string;
}

/**
 * The person behind an actor. Identity Center makes a role for each permission set and account, whose name ends in sixteen hexadecimal
 * digits; only AWS can modify it. Identity Center sets the session's name.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 * @returns undefined for everybody else, whatever a session is named
 */
export function personOf({ type, name, session }: Actor): Person | undefined {
  if (type !== 'role' || session === undefined || !principalName.test(session)) return undefined;
  const permissionSet = permissionSetOf(name);
  return permissionSet === undefined ? undefined : { name: session, permissionSet };
}

/** The permission set for which Identity Center made a role, by the role's name; undefined for any other role. */
export function permissionSetOf(roleName: string): string | undefined {
  return /^AWSReservedSSO_(.{1,32})_[0-9a-f]{16}$/.exec(roleName)?.[1];
}

/**
 * Stands for an actor: `aws:222222222222:role/StaunchOwners`. Sessions of a role are one actor, but for persons, whose names follow
 * the role's after a slash.
 */
export function actorId(actor: Actor): string {
  const { kind, account, type, name } = actor;
  if (type === 'root') return `${kind}:${account}:root`;
  const person = personOf(actor);
  return [`${kind}:${account}:${type}`, name, ...(person ? [person.name] : [])].join('/');
}

/**
 * Whether two actors are one and the same. A person is, in whatever account and by whatever permission set, and however the
 * name's letters are written: of two whom one person may be, none is the second.
 */
export function isSamePerson(one: Actor, other: Actor): boolean {
  const [first, second] = [personOf(one), personOf(other)];
  if (!first || !second) return actorId(one) === actorId(other);
  return first.name.toLowerCase() === second.name.toLowerCase();
}

/**
 * An actor, for people: in the ledger, messages and the channel. It is printable ASCII, of at most 300 characters.
 */
export function actorText(actor: Actor): string {
  const { account, type, name, session } = actor;
  const person = personOf(actor);
  if (person) return `${person.name} (${person.permissionSet} in account ${account})`;
  if (type === 'root') return `root of account ${account}`;
  const who = `${type} ${name} of account ${account}`;
  if (session === undefined) return who;
  const [before, after] = [`${who} (calls itself "`, '")'];
  return `${before}${cut(escaped(session), longestText - before.length - after.length, '...')}${after}`;
}

/** With an escape for each quote, and each character that is not printable ASCII. */
function escaped(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^ -~]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}
