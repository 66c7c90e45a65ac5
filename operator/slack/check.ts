import { createHmac } from 'node:crypto';
import type { SlackSettings } from '../../config/compiled';
import { slackSecretName, slackSigningSecretName, slackUrlParameter } from '../../core/names';
import type { CallSlack, SlackAnswer } from './slack-web';

/** What was looked at. `unknown` is what could not be told, for want of what stands before it or of a right. */
export interface SlackCheck {
  check: 'token' | 'scopes' | 'workspace' | 'app' | 'channel' | 'message' | 'signing secret' | 'request URL';
  is: 'well' | 'wrong' | 'unknown';
  /** A sentence or two. */
  text: string;
  /** What puts it right. */
  cure?: string;
}

/** What the hub keeps; undefined where it has none, or these credentials may not read it. */
export interface KeptForSlack {
  token: string | undefined;
  signingSecret: string | undefined;
  requestUrl: string | undefined;
}

/** What checking takes. */
export interface SlackCheckParts {
  slack: SlackSettings;
  kept: KeptForSlack;
  call: CallSlack;
  /** Posts to the request URL as Slack would. @returns the status of HTTP */
  post(url: string, headers: Record<string, string>, body: string): Promise<number>;
  now(): Date;
}

/**
 * What Staunch needs of a Slack app, and what for: `docs/slack.md` says more of each.
 * https://docs.slack.dev/reference/scopes
 */
export const neededScopes = {
  'chat:write': 'post and update messages',
  'files:write': 'put what is longer into a file',
} as const;
/** What it needs besides where people decide in Slack. */
export const decidingScopes = {
  'users:read': 'tell members from guests and bots',
  'users:read.email': 'tell two persons apart',
  'usergroups:read': 'see who is in a user group that the policy names',
} as const;

const putToken = `Put the app's bot token, xoxb-…, into the secret ${slackSecretName} of the hub, as docs/slack.md says.`;

/** Whether the policy, Slack and the hub fit together; a test message is posted, and edited. Never throws. */
export async function checkSlack(parts: SlackCheckParts): Promise<SlackCheck[]> {
  const { slack } = parts;
  const decides = slack.team !== undefined && slack.app !== undefined;
  const { token } = parts.kept;
  const asking = await ofToken(token, decides, parts);
  const channels = [slack.channel, ...slack.routes.map(({ channel }) => channel)];
  const told: SlackCheck[] = [];
  for (const channel of asking.isKnown && token !== undefined ? [...new Set(channels)] : []) {
    told.push(...(await inChannel(token ?? '', channel, parts)));
  }
  return [...asking.checks, ...told, ...(decides ? await ofRequests(parts) : [buttonsAreOff])];
}

const buttonsAreOff: SlackCheck = {
  check: 'request URL',
  is: 'well',
  text: 'The policy has no slack.team and slack.app, so that messages have no buttons and Slack calls nothing.',
};

async function ofToken(
  token: string | undefined,
  decides: boolean,
  { slack, call }: SlackCheckParts,
): Promise<{ checks: SlackCheck[]; isKnown: boolean }> {
  if (token === undefined || !token.startsWith('xox')) {
    const text =
      token === undefined
        ? `The secret ${slackSecretName} cannot be read.`
        : `The secret ${slackSecretName} was never set: it holds no token of Slack's.`;
    return { checks: [{ check: 'token', is: 'wrong', text, cure: putToken }], isKnown: false };
  }
  const answer = await safely(() => call(token, 'auth.test', {}));
  if (typeof answer === 'string') {
    return {
      checks: [{ check: 'token', is: 'unknown', text: `Slack could not be asked: ${answer}` }],
      isKnown: false,
    };
  }
  if (!answer.ok) {
    const text = `Slack refuses the token: ${answer.error}.`;
    return { checks: [{ check: 'token', is: 'wrong', text, cure: putToken }], isKnown: false };
  }
  const { team, team_id: teamId, user } = answer.body;
  const workspace: SlackCheck =
    slack.team === undefined || slack.team === teamId
      ? { check: 'workspace', is: 'well', text: `The token is of ${String(team)} (${String(teamId)}).` }
      : {
          check: 'workspace',
          is: 'wrong',
          text: `The token is of ${String(team)} (${String(teamId)}), and the policy names ${slack.team}.`,
          cure: 'Correct slack.team in the policy and deploy the hub, or store the token of that workspace.',
        };
  return {
    checks: [
      { check: 'token', is: 'well', text: `Slack knows it as ${String(user)}.` },
      ofScopes(answer, decides),
      workspace,
    ],
    isKnown: true,
  };
}

function ofScopes({ scopes }: SlackAnswer, decides: boolean): SlackCheck {
  if (!scopes) return { check: 'scopes', is: 'unknown', text: 'Slack does not say which the token has.' };
  const needed = Object.entries({ ...neededScopes, ...(decides && decidingScopes) });
  const missing = needed.filter(([scope]) => !scopes.includes(scope));
  if (missing.length === 0)
    return { check: 'scopes', is: 'well', text: 'The token has all that are needed.' };
  return {
    check: 'scopes',
    is: 'wrong',
    text: `The token lacks ${missing.map(([scope, why]) => `${scope} (to ${why})`).join(', ')}.`,
    cure: 'Add them under OAuth & Permissions of the app, reinstall it, and store the token that Slack shows then.',
  };
}

/** What Slack's errors for a channel mean: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const cures: Readonly<Record<string, string>> = {
  channel_not_found: 'Correct the id in the policy; to a private channel, invite the app.',
  not_in_channel: 'Invite the app: /invite @ and its name, in the channel.',
  is_archived: 'Name another channel in the policy, or restore it in Slack.',
  restricted_action: "Let apps post there: a setting of the channel, or the workspace's.",
};

async function inChannel(
  token: string,
  channel: string,
  { slack, call, now }: SlackCheckParts,
): Promise<SlackCheck[]> {
  const said = `Test of Staunch, ${now().toISOString()}: this message`;
  const posted = await safely(() =>
    call(token, 'chat.postMessage', {
      channel,
      text: `${said} is about to be edited.`,
      unfurl_links: 'false',
    }),
  );
  if (typeof posted === 'string')
    return [{ check: 'channel', is: 'unknown', text: `${channel}: Slack could not be asked: ${posted}` }];
  if (!posted.ok) return [refusedIn(channel, 'channel', posted.error ?? 'unknown')];
  const { ts } = posted.body;
  const edited = await safely(() =>
    call(token, 'chat.update', { channel, ts: String(ts), text: `${said} was posted and edited.` }),
  );
  const isEdited = typeof edited !== 'string' && edited.ok;
  const why = typeof edited === 'string' ? edited : (edited.error ?? '');
  return [
    { check: 'channel', is: 'well', text: `${channel}: the app may post there.` },
    isEdited
      ? { check: 'message', is: 'well', text: `${channel}: a test message was posted, and edited.` }
      : { check: 'message', is: 'wrong', text: `${channel}: the test message could not be edited: ${why}.` },
    ...(channel === slack.channel ? ofApp(posted, slack) : []),
  ];
}

function refusedIn(channel: string, check: SlackCheck['check'], error: string): SlackCheck {
  const cure = cures[error];
  return {
    check,
    is: 'wrong',
    text: `${channel}: Slack refuses a message there: ${error}.`,
    ...(cure !== undefined && { cure }),
  };
}

/** Slack says with a message of which app it is. */
function ofApp({ body }: SlackAnswer, { app }: SlackSettings): SlackCheck[] {
  if (app === undefined) return [];
  const { message } = body;
  const id =
    typeof message === 'object' && message !== null && 'app_id' in message ? message.app_id : undefined;
  if (id === undefined)
    return [{ check: 'app', is: 'unknown', text: 'Slack does not say of which app it is.' }];
  if (id === app) return [{ check: 'app', is: 'well', text: `The message is of the app ${app}.` }];
  return [
    {
      check: 'app',
      is: 'wrong',
      text: `The message is of the app ${String(id)}, and the policy names ${app}.`,
      cure: 'Correct slack.app in the policy and deploy the hub, or store the token of that app.',
    },
  ];
}

/** Whether the hub takes what is signed with the secret, and refuses what is not. */
async function ofRequests({ kept, post, now }: SlackCheckParts): Promise<SlackCheck[]> {
  const { signingSecret, requestUrl } = kept;
  const isSet = signingSecret !== undefined && signingSecret !== '' && !signingSecret.startsWith('{');
  const secret: SlackCheck = isSet
    ? { check: 'signing secret', is: 'well', text: `The secret ${slackSigningSecretName} is set.` }
    : {
        check: 'signing secret',
        is: 'wrong',
        text: `The secret ${slackSigningSecretName} ${signingSecret === undefined ? 'cannot be read' : 'was never set'}.`,
        cure: `Put the Signing Secret, under Basic Information of the app, into the secret ${slackSigningSecretName} of the hub, as docs/slack.md says.`,
      };
  if (requestUrl === undefined) {
    const text = `The parameter ${slackUrlParameter} cannot be read: the hub that is deployed has no buttons.`;
    const cure = 'Deploy the hub with a policy that has slack.team and slack.app.';
    return [secret, { check: 'request URL', is: 'wrong', text, cure }];
  }
  if (!isSet) {
    const text = `${requestUrl} can be tried when the signing secret is set.`;
    return [secret, { check: 'request URL', is: 'unknown', text }];
  }
  const status = await safely(() => {
    // Nothing is done about a view that somebody closed.
    const body = new URLSearchParams({ payload: JSON.stringify({ type: 'view_closed' }) }).toString();
    const time = String(Math.floor(now().getTime() / 1_000));
    const signature = createHmac('sha256', signingSecret.trim()).update(`v0:${time}:${body}`).digest('hex');
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': time,
      'x-slack-signature': `v0=${signature}`,
    };
    return post(requestUrl, headers, body);
  });
  return [secret, requestCheck(requestUrl, status)];
}

function requestCheck(url: string, status: number | string): SlackCheck {
  const check = 'request URL';
  if (typeof status === 'string')
    return { check, is: 'unknown', text: `${url} could not be reached: ${status}` };
  if (status === 200) {
    const text = `${url} takes what is signed with the secret. It has to stand under Interactivity of the app, which Slack tells nobody.`;
    return { check, is: 'well', text };
  }
  const text = `${url} answers what is signed with the secret with the status ${status}.`;
  return { check, is: 'wrong', text, cure: 'The log of the function staunch-slack says why.' };
}

/** What comes of it, or why nothing did; a word of the error alone, which names no token. */
async function safely<Answer>(ask: () => Promise<Answer>): Promise<Answer | string> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Error)) return 'unknown';
    return error.message.startsWith('Slack answers') ? error.message : error.name;
  }
}
