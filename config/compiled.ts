import * as z from 'zod/mini';
import { principalName, slackGroupPattern, slackTeamPattern, slackUserPattern } from '../core/actor';
import { accountIdPattern, regionPattern } from '../core/finding';
import { rights } from '../core/right';
import { accountKeyPattern, organizationIdPattern, targetPattern, unitKeyPattern } from './formats';
import { recorderFrequencies, recorderModes } from './recorder';

const accountId = z.string().check(z.regex(accountIdPattern));
const region = z.string().check(z.regex(regionPattern));
const accountKey = z.string().check(z.regex(accountKeyPattern));
const unitKey = z.string().check(z.regex(unitKeyPattern));
const target = z.string().check(z.regex(targetPattern));
const controlId = z.string().check(z.minLength(1), z.maxLength(128));
const flag = z.enum(['off', 'approval', 'on']);
const parameters = z.record(z.string(), z.json());
const count = z.int().check(z.positive());
const countOrNone = z.int().check(z.nonnegative());
/** Where the policy says so, for example `organization.yaml:12`. */
const source = z.string().check(z.minLength(1), z.maxLength(200));

const controlSays = z.strictObject({
  flag: z.optional(flag),
  /** Complete: what the policy leaves out has its default. */
  parameters: z.optional(z.strictObject({ values: parameters, source })),
  /** Of the flag; of the control's key where there is none. */
  source,
});

const level = z.strictObject({
  flag: z.optional(flag),
  /** Of the flag; of the level's key where there is none. */
  source,
  /** By control id. */
  controls: z.record(controlId, controlSays),
});

const exemption = z
  .strictObject({
    control: controlId,
    /** By id or name. */
    account: z.optional(accountKey),
    /** By id or path, with everything nested in it. */
    organizationalUnit: z.optional(unitKey),
    /** The resource's id in whole, with `*` for any characters. */
    resource: z.string().check(z.minLength(1), z.maxLength(256)),
    region: z.optional(region),
    reason: z.string(),
    owner: z.string(),
    /** As the policy writes it, for people. */
    expires: z.string(),
    /** The moment from which on it no longer holds, ISO 8601 in UTC. */
    until: z.iso.datetime(),
    source,
  })
  .check(z.refine((said) => (said.account === undefined) !== (said.organizationalUnit === undefined)));

const tagRule = z.strictObject({
  /** By id or path, with everything nested in them. */
  organizationalUnits: z.array(unitKey),
  maximumDays: count,
  source,
});

/** ISO 8601 in UTC, with milliseconds: these sort as text. */
const moment = z.iso.datetime({ precision: 3 });

const freeze = z
  .strictObject({
    /** The same wherever it stands in the file, for telling each once. */
    id: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
    /** The first moment at which it holds. */
    from: moment,
    /** The first moment at which it no longer holds. */
    to: moment,
    /** As the policy writes them, for people. */
    fromSaid: z.string(),
    toSaid: z.string(),
    reason: z.string(),
    /** By id or path, with everything nested in them. */
    organizationalUnits: z.array(unitKey),
    /** By id or name. The whole organization where no unit is named either. */
    accounts: z.array(accountKey),
    source,
  })
  .check(z.refine(({ from, to }) => from < to));

/** A role or a user, without its path. */
const principal = z.strictObject({ account: accountId, name: z.string().check(z.regex(principalName)) });

const glassBreaker = z.union([
  z.strictObject({ role: principal }),
  z.strictObject({ user: principal }),
  z.strictObject({
    /** Of Identity Center, by a session of this account; the e-mail address is the user's name there. */
    person: z.strictObject({
      permissionSet: z.string().check(z.minLength(1), z.maxLength(32)),
      email: z.string().check(z.minLength(1), z.maxLength(64)),
      account: accountId,
    }),
  }),
  /** A user of the policy's workspace of Slack. */
  z.strictObject({ slackUser: z.string().check(z.regex(slackUserPattern)) }),
  /** Whoever is in that user group of the workspace at the time. */
  z.strictObject({ slackGroup: z.string().check(z.regex(slackGroupPattern)) }),
]);

const who = z.union([
  ...glassBreaker.def.options,
  /** The role of this name in each account, for that account only. */
  z.strictObject({ owners: z.string().check(z.regex(principalName)) }),
]);

const right = z.enum(rights);

const peopleEntry = z.strictObject({
  who: z.array(who).check(z.minLength(1)),
  may: z.array(right).check(z.minLength(1)),
  /** The whole organization where it is absent. Units and accounts together; controls narrow both. */
  where: z.optional(
    z
      .strictObject({
        /** By id or path, with everything nested in them. */
        organizationalUnits: z.optional(z.array(unitKey).check(z.minLength(1))),
        /** By id or name. */
        accounts: z.optional(z.array(accountKey).check(z.minLength(1))),
        controls: z.optional(z.array(controlId).check(z.minLength(1))),
      })
      .check(z.refine((said) => Object.values(said).some((list) => list !== undefined))),
  ),
  source,
});

const people = z.strictObject({
  entries: z.array(peopleEntry),
  /** For these, a second person has to give the same order. */
  twoPersons: z.array(right),
  /** Who may approve and undo anything. */
  breakGlass: z.optional(z.strictObject({ who: z.array(glassBreaker).check(z.minLength(1)), source })),
});

const slackChannel = z.string().check(z.minLength(1));
const tagKey = z.string().check(z.minLength(1), z.maxLength(128));

const slackRoute = z
  .strictObject({
    channel: slackChannel,
    /** The resource's account is one of these, or lies under one of these. */
    where: z.optional(
      z
        .strictObject({
          /** By id or path, with everything nested in them. */
          organizationalUnits: z.optional(z.array(unitKey).check(z.minLength(1))),
          /** By id or name. */
          accounts: z.optional(z.array(accountKey).check(z.minLength(1))),
        })
        .check(z.refine((said) => Object.values(said).some((list) => list !== undefined))),
    ),
    /** The resource has every one of these. */
    tags: z.optional(z.record(tagKey, z.string().check(z.maxLength(256)))),
    source,
  })
  .check(z.refine(({ where, tags }) => where !== undefined || tags !== undefined));

/** What is absent in what versions before deployed has what the policy says when it leaves that out. */
const slack = z.strictObject({
  /** Has everything. */
  channel: slackChannel,
  /** With `app`: people decide in Slack. */
  team: z.optional(z.string().check(z.regex(slackTeamPattern))),
  app: z.optional(z.string().check(z.minLength(1))),
  /** Channels that have some findings, too: where all that a route says holds. */
  routes: z._default(z.array(slackRoute), []),
  /** Tags that name the owner; the first that is there counts. */
  ownerTags: z._default(z.array(tagKey).check(z.minLength(1)), ['owner', 'Owner']),
  /** Hours and minutes of UTC, `08:00`, or none. */
  summary: z._default(z.union([z.string().check(z.regex(/^\d{2}:\d{2}$/)), z.literal(false)]), '08:00'),
  /** New messages a minute in a channel, beyond which a digest takes over. */
  storm: z._default(count, 20),
});

const compiledPolicySchema = z.strictObject({
  version: z.literal(3),
  organization: z.strictObject({
    id: z.string().check(z.regex(organizationIdPattern)),
    managementAccount: accountId,
  }),
  hub: z.strictObject({ account: accountId, region }),
  regions: z.array(region).check(z.minLength(1)),
  /** Units, by id or path, and accounts, by id, that are watched; absent in what versions before deployed. */
  targets: z.optional(z.array(target)),
  /** What of the targets is not watched; absent in what versions before deployed, as are the next two. */
  exclude: z.optional(z.array(target)),
  recorder: z.optional(
    z.strictObject({
      default: z.enum(recorderModes),
      frequency: z.enum(recorderFrequencies),
      organizationalUnits: z.record(unitKey, z.enum(recorderModes)),
      accounts: z.record(accountId, z.enum(recorderModes)),
    }),
  ),
  rollout: z.optional(z.strictObject({ pilot: z.array(target), accountsAtOnce: z.optional(count) })),
  /** How long an approval counts before the fix is made. */
  approvals: z.strictObject({ expireMinutes: count }),
  exemptions: z.array(exemption),
  exemptionRules: z.strictObject({ maximumDays: count, byTag: z.optional(tagRule) }),
  /** Those that were not over when the policy was compiled. */
  freezes: z.array(freeze),
  limits: z.strictObject({
    fixesPerHour: z.strictObject({ account: count, organization: count }),
    /** In one account, of those that changed nothing. */
    failuresPerHour: count,
    /** Of one account; further ones are recorded, and not looked at. */
    openFindings: count,
    /** Messages that the coordinator works on at once. */
    concurrency: count,
  }),
  /** What becomes of a lossy plan under `on`: it waits for approval, or it is applied. */
  lossy: z.enum(['wait', 'apply']),
  /** How often every account and Region is patrolled; absent in what versions before deployed. */
  patrol: z.optional(z.strictObject({ everyMinutes: count })),
  /** How many fixes of backlog are made within a day without a person; absent in what versions before deployed. */
  thaw: z.optional(z.strictObject({ account: countOrNone, organization: countOrNone })),
  /** Who may give which orders, and where; absent where the policy names nobody, and in what versions before deployed. */
  people: z.optional(people),
  /** Since a finding was closed; where something was fixed, the longer of the two counts. */
  retention: z.strictObject({ findingsDays: count, undoDays: count }),
  slack,
  /** Whether findings are imported into Security Hub. */
  securityHub: z._default(z.boolean(), false),
  default: z.extend(level, { flag }),
  /** By id or path. */
  organizationalUnits: z.record(unitKey, level),
  /** By id or name. */
  accounts: z.record(accountKey, level),
  /** The parameters of each control that can be fixed, where the policy gives none; complete. By control id. */
  parameterDefaults: z.record(controlId, parameters),
  /** Digest of the code that decides each control's verdicts, by control id; absent where it was not deployed with any. */
  verdictCode: z.optional(z.record(controlId, z.string().check(z.regex(/^[0-9a-f]{16}$/)))),
});

/** The policy as the coordinator carries it: plain JSON, each entry with the line that says it. */
export type CompiledPolicy = z.infer<typeof compiledPolicySchema>;
/** What the policy says of all accounts, of an organizational unit, or of an account. */
export type Level = z.infer<typeof level>;
/** What a level says of one control. */
export type ControlSays = z.infer<typeof controlSays>;
/** A resource, or several, that a control leaves alone for a time. */
export type Exemption = z.infer<typeof exemption>;
/** A time in which nothing is fixed, in some accounts or in all. */
export type Freeze = z.infer<typeof freeze>;
/** Where tags exempt resources, and for how many days at most. */
export type TagRule = z.infer<typeof tagRule>;

/** Who may give which orders, and where. */
export type People = z.infer<typeof people>;
/** Who may what, where. */
export type PeopleEntry = z.infer<typeof peopleEntry>;
/** One of those who may. */
export type Who = z.infer<typeof who>;

/** Where people are told, and whether they decide there. */
export type SlackSettings = z.infer<typeof slack>;
/** A channel that has some findings. */
export type SlackRoute = SlackSettings['routes'][number];

/** Thrown when a compiled policy cannot be trusted. Nothing may be changed then. */
export class CompiledPolicyError extends Error {
  override readonly name = 'CompiledPolicyError';
}

/**
 * Reads a compiled policy back.
 * @param json the text of `policy.json`
 * @throws CompiledPolicyError when it is not exactly what `compilePolicy` makes: an unknown key may be one that a newer
 *   version relies on to keep something from being changed
 */
export function parseCompiledPolicy(json: string): CompiledPolicy {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new CompiledPolicyError('The compiled policy is not JSON. Deploy the hub again.', { cause: error });
  }
  const parsed = compiledPolicySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
  throw new CompiledPolicyError(`The compiled policy is malformed at ${where}. Deploy the hub again.`);
}
