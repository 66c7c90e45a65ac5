import * as z from 'zod';
import { slackTeamPattern } from '../../core/actor';
import { accountKey, unitKey } from './keys';
import { countingNumber, list, section, text } from './parts';

const channelRight =
  "a channel's id, written like C0123456789; Slack shows it at the end of the channel's details. A name is not enough.";
const channel = text(/^[CG][A-Z0-9]{8,20}$/, channelRight);

const team = text(
  slackTeamPattern,
  "a workspace's id, written like T0123456789; it stands in the address of Slack in a browser, after /client/.",
);
const app = text(
  /^A[A-Z0-9]{2,20}$/,
  "an app's id, written like A0123456789; Slack shows it under Basic Information of the app.",
);

/** The longest key and value of a tag: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const tagKeyRight = "a tag's key, of 1 to 128 characters.";
const tagKey = z.string({ error: tagKeyRight }).regex(/^.{1,128}$/su, { error: tagKeyRight });
const tagValueRight =
  "a tag's value is text of at most 256 characters; a number, yes and no stand in quotes.";
const tagValue = z.string({ error: tagValueRight }).max(256, { error: tagValueRight });
const mostTags = 10;
const tagsRight = `tags that all have to be there, key and value each, like team: payments; 1 to ${mostTags} of them`;

/** One route, as the file says it. What lies between its keys is checked elsewhere. */
const route = z.strictObject(
  {
    channel: channel.describe("The other channel's id, not its name."),
    where: z
      .strictObject(
        {
          organizationalUnits: list(unitKey, 'organizational units')
            .optional()
            .describe('By id or path, with everything nested inside.'),
          accounts: list(accountKey, 'accounts').optional().describe('By id, in quotes, or by name.'),
        },
        section('a section with organizationalUnits and accounts'),
      )
      .meta({ minProperties: 1 })
      .optional()
      .describe('Where the resource lies. Either this or tags; both have to hold where both stand here.'),
    tags: z
      .record(tagKey, tagValue, section(tagsRight))
      .refine((tags) => Object.keys(tags).length >= 1 && Object.keys(tags).length <= mostTags, {
        error: `${tagsRight}.`,
      })
      .optional()
      .describe('Tags that the resource has to have, every one with this very value.'),
  },
  section('a route has channel, and where or tags'),
);

/** Tags that name the owner of a resource, unless the policy names others. */
export const defaultOwnerTags = ['owner', 'Owner'];

const summaryRight =
  'when the daily summary is posted: hours and minutes of UTC in quotes, like "08:00", or false for none.';

const mostStorm = 1_000;

/** Where people are told, and whether they decide there. */
export const slack = z
  .strictObject(
    {
      channel: channel.describe('The id of the channel that has everything, not its name.'),
      team: team
        .optional()
        .describe(
          "The workspace's id. With app, people decide by buttons; without both, messages have none.",
        ),
      app: app.optional().describe("The Slack app's id. Together with team."),
      routes: z
        .preprocess(
          (value) => value ?? [],
          z
            .array(route, { error: 'a list of routes, each after "- ".' })
            .max(50, { error: 'at most 50 routes.' }),
        )
        .describe('Other channels that have some of the findings, too.'),
      ownerTags: list(tagKey, "tags' keys")
        .default(defaultOwnerTags)
        .describe('Tags that name the owner of a resource; the first that is there counts.'),
      summary: z
        .union([z.literal(false, { error: summaryRight }), text(/^(?:[01]\d|2[0-3]):[0-5]\d$/, summaryRight)])
        .default('08:00')
        .describe('When the daily summary is posted, hours and minutes of UTC; false for none.'),
      storm: countingNumber(mostStorm, 'from how many new messages a minute one digest stands for them')
        .default(20)
        .describe('How many new messages a minute a channel takes, before one digest stands for them.'),
    },
    section('a section with channel'),
  )
  .describe('Where people are told, and decide.');
