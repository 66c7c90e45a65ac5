import * as z from 'zod';
import { principalName, slackGroupPattern, slackUserPattern } from '../../core/actor';
import { closest } from '../did-you-mean';
import { namedRole, namedUser } from '../principals';
import { accountId } from './keys';
import { section, text } from './parts';

const roleExample = 'arn:aws:iam::222222222222:role/security/responders';
const userExample = 'arn:aws:iam::222222222222:user/maria';

/** An ARN of one kind of principal; of another kind, it is told what that is. */
function principal(named: (arn: string) => object | undefined, right: (said: string) => string) {
  return z
    .string({ error: right('') })
    .refine((arn) => named(arn) !== undefined, { error: ({ input }) => right(String(input)) });
}

function roleRight(said: string): string {
  const [, account, role] = /:sts::(\d{12}):assumed-role\/([^/]+)/.exec(said) ?? [];
  if (account !== undefined) {
    return `this is a session, whose name proves nothing; write the ARN of its role, like arn:aws:iam::${account}:role/${role}.`;
  }
  if (namedUser(said)) return 'this is a user, where a role is meant; write it after user.';
  return `the ARN of a role, like ${roleExample}.${rootIsNobody(said)}${onlyAName(said)}`;
}

function userRight(said: string): string {
  if (namedRole(said)) return 'this is a role, where a user is meant; write it after role.';
  return `the ARN of an IAM user, like ${userExample}.${rootIsNobody(said)}`;
}

function rootIsNobody(said: string): string {
  return /:root$/.test(said) ? ' Root is not named: give its orders to a role.' : '';
}

function onlyAName(said: string): string {
  return principalName.test(said)
    ? ' For a role that each account has, by its name alone, there is owners.'
    : '';
}

const permissionSetRight = "a permission set's name, like SecurityTeam.";

/** Somebody whom IAM Identity Center signs in. */
const person = z.strictObject(
  {
    permissionSet: z
      .string({ error: permissionSetRight })
      .regex(/^[\w+=,.@-]{1,32}$/, {
        error: ({ input }) =>
          /AWSReservedSSO_/.test(String(input))
            ? `this is a role that Identity Center made; write the permission set's name alone, like SecurityTeam.`
            : permissionSetRight,
      })
      .describe('The permission set with which they come.'),
    email: text(
      // AWS STS takes no other names of sessions, and none that is longer.
      /^(?=.{6,64}$)[\w+=,.-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/,
      'an e-mail address, as Identity Center has it for the name of the user, letter by letter, like alice@example.com.',
    ).describe("The user's name in Identity Center, which has to be an e-mail address."),
    account: accountId
      .optional()
      .describe('The account in which the permission set is used, in quotes. The hub when left out.'),
  },
  section('a section with permissionSet and email'),
);

const slackUserRight =
  "the id of a Slack user, like U0123456789; Slack shows it in the user's profile, behind the three dots: Copy member ID.";
const slackGroupRight =
  'the id of a Slack user group, like S0123456789; it stands at the end of the address of the group in a browser. A handle is not enough.';

/** An id of Slack's; where it is one of another kind, that is told. */
function slackId(pattern: RegExp, right: string, other: { pattern: RegExp; message: string }) {
  return z.string({ error: right }).regex(pattern, {
    error: ({ input }) => (other.pattern.test(String(input)) ? other.message : right),
  });
}

const slackUser = slackId(slackUserPattern, slackUserRight, {
  pattern: slackGroupPattern,
  message: 'this is a user group of Slack; write it after slackGroup.',
});
const slackGroup = slackId(slackGroupPattern, slackGroupRight, {
  pattern: slackUserPattern,
  message: 'this is a user of Slack; write it after slackUser.',
});

const named = {
  role: principal(namedRole, roleRight)
    .optional()
    .describe("A role's ARN. It is matched by account and name: sessions do not tell the path."),
  user: principal(namedUser, userRight).optional().describe("An IAM user's ARN."),
  person: person.optional().describe('Somebody whom IAM Identity Center signs in.'),
  slackUser: slackUser.optional().describe("A Slack user's id. Takes slack.team and slack.app."),
  slackGroup: slackGroup
    .optional()
    .describe('The id of a Slack user group: its members. Takes slack.team and slack.app.'),
};

/** By what somebody is named; each entry has one of them. */
export const glassBreakerKinds = ['role', 'user', 'person', 'slackUser', 'slackGroup'] as const;
/** As `glassBreakerKinds`, for entries of people. */
export const whoKinds = ['role', 'user', 'person', 'owners', 'slackUser', 'slackGroup'] as const;

/** `role, user and person`. */
export function oneOf(kinds: readonly string[]): string {
  return `one of ${kinds.slice(0, -1).join(', ')} and ${kinds.at(-1)}`;
}

const ownersRight = 'the name of a role that each account has, without account and path, like StaunchOwners.';
const owners = z
  .string({ error: ownersRight })
  .regex(principalName, {
    error: ({ input }) => {
      const role = namedRole(String(input));
      return role
        ? `this is one role of one account; write the name alone, ${role.name}, or the ARN after role.`
        : ownersRight;
    },
  })
  .optional()
  .describe("The name of a role in each account, for that account's findings only.");

/** For editors. */
const oneKey = { minProperties: 1, maxProperties: 1 };

/** One of those who may; what stands beside what is checked elsewhere. */
export const who = z
  .strictObject(
    {
      role: named.role,
      user: named.user,
      person: named.person,
      owners,
      slackUser: named.slackUser,
      slackGroup: named.slackGroup,
    },
    section(`${oneOf(whoKinds)}, like "role: arn:aws:iam::…"`),
  )
  .meta(oneKey);

/** One of those who may break the glass. */
export const glassBreaker = z
  .strictObject(named, section(`${oneOf(glassBreakerKinds)}, like "role: arn:aws:iam::…"`))
  .meta(oneKey);

/** What the file says of one of those who may. */
export type SaidWho = z.output<typeof who>;

/** What somebody may have meant by a word, as the end of a sentence. */
export function meantInstead(input: unknown, known: readonly string[]): string {
  const meant = typeof input === 'string' ? closest(input, known) : undefined;
  return meant === undefined ? `; there are ${known.join(', ')}.` : `; did you mean ${meant}?`;
}
