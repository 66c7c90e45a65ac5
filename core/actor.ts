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

/** A principal of AWS that gives an order, as AWS has verified it. */
const awsActorSchema = z.object({
  kind: z.literal('aws'),
  /** The account that the role, user or root belongs to; twelve digits. */
  account: z.string().check(z.regex(accountIdPattern)),
  type: z.enum(['role', 'user', 'root']),
  /** The role's or the user's name, without its path; `root` for the root user. */
  name: z.string().check(z.regex(principalName)),
  /** What the session of a role is named. Whoever assumes the role chooses it, but for roles of Identity Center: a stranger's text. */
  session: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(longestSession))),
});

/** Ids of a workspace, a user (of an Enterprise organization: `W…`) and a user group: https://docs.slack.dev/reference/objects/user-object/ */
export const slackTeamPattern = /^T[A-Z0-9]{2,20}$/;
/** As `slackTeamPattern`. */
export const slackUserPattern = /^[UW][A-Z0-9]{2,20}$/;
/** As `slackTeamPattern`. */
export const slackGroupPattern = /^S[A-Z0-9]{2,20}$/;

/** The longest name and the longest e-mail address of a user of Slack that is kept; characters. */
const longestName = 80;
const longestEmail = 254;
/** DynamoDB takes no text with half a surrogate pair. */
const wellFormed = z.regex(/^\P{Surrogate}*$/u);

/** A user of Slack who gives an order, as Slack has signed it. */
const slackActorSchema = z.object({
  kind: z.literal('slack'),
  /** The workspace: the policy's. */
  team: z.string().check(z.regex(slackTeamPattern)),
  user: z.string().check(z.regex(slackUserPattern)),
  /** What the user calls himself: a stranger's text, for people alone. */
  name: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(longestName), wellFormed)),
  /** As the workspace has it. It tells that two are one person, and allows nothing. */
  email: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(longestEmail), wellFormed)),
  /** Those of the user groups that the policy names of which the user was a member when the order was given. */
  groups: z.array(z.string().check(z.regex(slackGroupPattern))),
});

/** Who gives an order, as AWS or Slack has verified it. */
export const actorSchema = z.discriminatedUnion('kind', [awsActorSchema, slackActorSchema]);

/** A principal of AWS that gives an order. */
export type AwsActor = z.infer<typeof awsActorSchema>;
/** A user of Slack who gives an order. */
export type SlackActor = z.infer<typeof slackActorSchema>;
/** Who gives an order, as AWS or Slack has verified it. */
export type Actor = z.infer<typeof actorSchema>;

/** What Slack tells of a user, by `users.info`, as far as it says who that is. */
export interface SlackUser {
  team: string;
  user: string;
  name?: string | undefined;
  email?: string | undefined;
  groups: readonly string[];
}

/** A user of Slack as an actor: texts of his that are too long, or not well-formed, are cut or left out. */
export function slackActor({ team, user, name, email, groups }: SlackUser): SlackActor {
  const shown = cut((name ?? '').trim(), longestName);
  const isEmail = email !== undefined && email.length <= longestEmail && /^[!-~]+@[!-~]+$/.test(email);
  return {
    kind: 'slack',
    team,
    user,
    ...(shown !== '' && { name: shown }),
    ...(isEmail && { email }),
    groups: [...groups],
  };
}

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
export function actorOf({ accountId, userArn, caller }: CallerIdentity): AwsActor | undefined {
  const [, service, account = '', principal = ''] = arnPattern.exec(userArn ?? '') ?? [];
  if (service === undefined || account !== accountId) return undefined;
  const found = service === 'iam' ? ofIam(principal) : ofSession(principal, caller);
  const actor = awsActorSchema.safeParse({ kind: 'aws', account, ...found });
  return actor.success ? actor.data : undefined;
}

type Principal = Pick<AwsActor, 'type' | 'name' | 'session'>;

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
 * The person whom Identity Center signed in, behind an actor. It makes a role for each permission set and account, whose name ends in sixteen hexadecimal
 * digits; only AWS can modify it. Identity Center sets the session's name.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 * @returns undefined for everybody else, whatever a session is named
 */
export function personOf(actor: Actor): Person | undefined {
  if (actor.kind !== 'aws') return undefined;
  const { type, name, session } = actor;
  if (type !== 'role' || session === undefined || !principalName.test(session)) return undefined;
  const permissionSet = permissionSetOf(name);
  return permissionSet === undefined ? undefined : { name: session, permissionSet };
}

/** The permission set for which Identity Center made a role, by the role's name; undefined for any other role. */
export function permissionSetOf(roleName: string): string | undefined {
  return /^AWSReservedSSO_(.{1,32})_[0-9a-f]{16}$/.exec(roleName)?.[1];
}

/** Whether an actor is a person: whom Identity Center has signed in, or a user of Slack. */
export function isPerson(actor: Actor): boolean {
  return actor.kind === 'slack' || personOf(actor) !== undefined;
}

/**
 * Stands for an actor: `aws:222222222222:role/StaunchOwners`, `slack:T0123456789:U0123456789`. Sessions of a role are one actor, but
 * for persons, whose names follow the role's after a slash.
 */
export function actorId(actor: Actor): string {
  if (actor.kind === 'slack') return `slack:${actor.team}:${actor.user}`;
  const { kind, account, type, name } = actor;
  if (type === 'root') return `${kind}:${account}:root`;
  const person = personOf(actor);
  return [`${kind}:${account}:${type}`, name, ...(person ? [person.name] : [])].join('/');
}

/**
 * Whether two actors are one and the same. A person is, in whatever account and by whatever permission set, in Slack as well, and
 * however the letters of the name or the e-mail address are written: of two whom one person may be, none is the second. A user of Slack
 * whose e-mail address is not known may be anybody.
 */
export function isSamePerson(one: Actor, other: Actor): boolean {
  if (actorId(one) === actorId(other)) return true;
  if (!isPerson(one) || !isPerson(other)) return false;
  const [first, second] = [addressOf(one), addressOf(other)];
  return first === undefined || second === undefined || first === second;
}

/** What a person is told apart by: the e-mail address, or the name of the user in Identity Center, which the policy has to be one. */
function addressOf(person: Actor): string | undefined {
  const address = person.kind === 'slack' ? person.email : personOf(person)?.name;
  return address?.toLowerCase();
}

/**
 * An actor, for people: in the ledger, messages and the channel. It is printable ASCII, of at most 300 characters.
 */
export function actorText(actor: Actor): string {
  if (actor.kind === 'slack') return slackText(actor);
  const { account, type, name, session } = actor;
  const person = personOf(actor);
  if (person) return `${person.name} (${person.permissionSet} in account ${account})`;
  if (type === 'root') return `root of account ${account}`;
  const who = `${type} ${name} of account ${account}`;
  if (session === undefined) return who;
  const [before, after] = [`${who} (calls itself "`, '")'];
  return `${before}${cut(escaped(session), longestText - before.length - after.length, '...')}${after}`;
}

/** Whoever calls himself what he likes must not look like another one: what might end the name is taken out of it. */
function slackText({ user, name }: SlackActor): string {
  const shown = escaped((name ?? '').replace(/[()]/g, ' ').replace(/ +/g, ' ').trim());
  if (shown === '') return `Slack user ${user}`;
  const after = ` (Slack ${user})`;
  return `${cut(shown, longestText - after.length, '...')}${after}`;
}

/** With an escape for each quote, and each character that is not printable ASCII. */
function escaped(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^ -~]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}
