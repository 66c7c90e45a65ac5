import * as z from 'zod';
import { accountIdPattern, regionPattern } from '../contract/finding';
import type { Flag } from '../contract/report';
import { isParentId, organizationIdPattern } from './formats';

/** A string that has to match; any other value, too, is answered with what would be right. */
function text(pattern: RegExp, right: string) {
  return z.string({ error: right }).regex(pattern, { error: right });
}

const accountId = text(accountIdPattern, 'an account id is twelve digits, in quotes: "111122223333".');
const region = text(regionPattern, 'a Region is written like eu-west-1.');
const parentId = z
  .string({ error: 'the id of an organizational unit (ou-abcd-11112222) or of the root (r-abcd).' })
  .refine(isParentId, {
    error: 'neither an organizational unit, written like ou-abcd-11112222, nor a root, written like r-abcd.',
  });

const flags = ['off', 'approval', 'on'] as const satisfies readonly Flag[];
const flag = z.enum(flags, {
  error: ({ input }) =>
    typeof input === 'boolean'
      ? `a flag is off, approval or on; write ${input ? 'on' : 'off'} if that is what you mean.`
      : 'a flag is off, approval or on.',
});

/** A list without repetitions and with at least one entry. */
function list<Item extends z.ZodType>(item: Item, what: string) {
  return z
    .array(item, { error: `a list of ${what}: at least one, each on a line of its own after "- ".` })
    .min(1, { error: `has to list at least one of the ${what}.` })
    .superRefine((items, context) => {
      items.forEach((entry, index) => {
        const first = items.indexOf(entry);
        if (typeof entry !== 'string' || first === index) return;
        context.addIssue({
          code: 'custom',
          path: [index],
          message: `stands in this list twice; remove one.`,
        });
      });
    });
}

/** Flags by id. A key whose entries are all commented out is empty, and says nothing. */
function flagsBy(key: z.ZodString, what: string) {
  const error = `${what} and their flags, one "id: flag" a line.`;
  return z.preprocess((value) => value ?? {}, z.record(key, flag, { error }));
}

const section = (what: string): { error: z.core.$ZodErrorMap } => ({
  error: (issue) => (issue.code === 'invalid_type' ? `${what}.` : undefined),
});

/**
 * The policy file, key by key. It says nothing of positions, and no default switches anything on.
 * `config/organization.yaml` explains each key.
 */
export const organizationSchema = z.strictObject(
  {
    organization: z.strictObject(
      {
        id: text(organizationIdPattern, 'an organization id is written like o-abcde12345.'),
        managementAccount: accountId,
      },
      section('a section with id and managementAccount'),
    ),
    hub: z.strictObject({ account: accountId, region }, section('a section with account and region')),
    regions: list(region, 'Regions'),
    targets: list(parentId, 'organizational units'),
    autoResponse: z.preprocess(
      (value) => value ?? {},
      z.strictObject(
        {
          default: flag.default('off'),
          organizationalUnits: flagsBy(parentId, 'organizational units'),
          accounts: flagsBy(accountId, 'accounts'),
        },
        section('a section with default, organizationalUnits and accounts'),
      ),
    ),
    lossy: z
      .enum(['wait', 'apply'], { error: 'what becomes of a lossy plan is wait or apply.' })
      .default('wait'),
    slack: z.strictObject(
      {
        channel: text(
          /^[CG][A-Z0-9]{8,20}$/,
          "a channel's id, written like C0123456789; Slack shows it at the end of the channel's details. A name is not enough.",
        ),
      },
      section('a section with channel'),
    ),
  },
  section('the policy has the keys organization, hub, regions, targets, autoResponse, lossy and slack'),
);

/** What the policy says, without where it says it. */
export type OrganizationSettings = z.output<typeof organizationSchema>;
