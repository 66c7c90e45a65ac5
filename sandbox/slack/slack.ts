import type { EventLog } from '../events';
import { type SlackHosts, slackHosts } from './hosts';
import { clickablesOf } from './interactions/clickables';
import type { InteractionResult } from './interactions/deliver';
import { type Click, Interactions, type Submission } from './interactions/interactions';
import type { ActedOn } from './interactions/payloads';
import type { SignedRequest } from './interactions/signed-request';
import { RateLimits } from './limits/rate-limits';
import { allScopes } from './methods/methods';
import type {
  SlackChannel,
  SlackEphemeral,
  SlackFile,
  SlackGroup,
  SlackMessage,
  SlackUser,
  SlackView,
} from './model';
import { type OutageScope, Outages, type SlackOutage } from './outages';
import { ResponseUrls } from './response-urls';
import { SlackServer } from './server';
import { Triggers } from './triggers';
import { Uploads } from './uploads';
import { type SlackChange, Workspace } from './workspace';

/** What the stand-in is made from. */
export interface SlackOptions {
  log: EventLog;
  /** The bot token that it accepts. */
  token: string;
  /** The channels; an id stands for a channel that the bot is in. */
  channels: readonly (string | SlackChannel)[];
  users?: readonly SlackUser[];
  groups?: readonly SlackGroup[];
  /** The app's signing secret. */
  signingSecret?: string;
  /** Milliseconds since the epoch; default: the machine's clock. */
  now?: () => number;
  /** Whether Slack's rate limits are kept, and how much faster their time passes; default: kept, in the time of `now`. */
  limits?: 'none' | { timeScale: number };
  /** Under which hosts its other URLs are found: its own address (the default), or Slack's, for functions of the sandbox. */
  hosts?: 'own' | 'slack';
}

/** A stand-in for Slack: its Web API, its workspace, and what people do there. */
export interface SlackStandIn {
  readonly port: number;
  /** `http://127.0.0.1:PORT`; methods are under `/api/`. */
  readonly endpoint: string;
  readonly team: string;
  readonly app: string;
  /** With which what people do is signed; a test may rotate it. */
  signingSecret: string;
  /** The app's request URL, to which what people do is sent; undefined where nothing takes it. */
  requestUrl: string | undefined;
  /** Scopes of the bot's token; a test may take some away. */
  readonly scopes: string[];
  readonly users: SlackUser[];
  readonly groups: SlackGroup[];
  readonly channels: SlackChannel[];
  /** Every message that was accepted, in order, as it is now. */
  readonly messages: readonly SlackMessage[];
  readonly ephemerals: readonly SlackEphemeral[];
  readonly views: readonly SlackView[];
  readonly files: readonly SlackFile[];
  /** Every request that was sent to the app, in order. */
  readonly requests: readonly SignedRequest[];
  /** How it fails at present. */
  readonly outage: SlackOutage | undefined;
  /** How long a `trigger_id` is good for, in milliseconds: Slack's three seconds, unless a test on a slow machine sets more. */
  triggerLife: number;
  /** Starts an outage in place of the one before, or with undefined ends it. */
  fail(outage: SlackOutage | undefined, scope?: OutageScope): void;
  /**
   * Somebody clicks on a button, or chooses from a menu.
   * @throws Error where he sees nothing of the kind, or the app has no request URL
   */
  click(click: Click): Promise<InteractionResult>;
  /**
   * Somebody sends a modal's form.
   * @throws InputError where an input lacks something; Error where he sees no such modal, or the app has no request URL
   */
  submit(submission: Submission): Promise<InteractionResult>;
  /** Somebody closes a modal; the app is told where it asked for that. */
  close(closing: Omit<Submission, 'values'>): Promise<InteractionResult | undefined>;
  /** Everything on which somebody can act in a message. */
  clickables(message: SlackMessage | SlackEphemeral): ActedOn[];
  /** Calls `listener` for every change from now on; returns how to stop that. */
  listen(listener: (change: SlackChange) => void): () => void;
  /** Lets time pass: for ids of messages, signatures, triggers and response URLs. */
  passTime(milliseconds: number): void;
  stop(): Promise<void>;
}

/** Id of the workspace. */
export const slackTeam = 'T0STAUNCH01';
/** Id of the app. */
export const slackApp = 'A0STAUNCH01';

/** Somebody, where nobody is named. */
const somebody: SlackUser = { id: 'U0SOMEBODY1', name: 'Somebody', team: slackTeam };

/** Starts a stand-in for Slack on a free port of 127.0.0.1. */
export async function startSlack(options: SlackOptions): Promise<SlackStandIn> {
  const { log, token, channels, groups = [], users = [somebody] } = options;
  let passed = 0;
  const clock = options.now ?? Date.now;
  const now = () => clock() + passed;
  const workspace = new Workspace({
    team: slackTeam,
    app: slackApp,
    // A test changes people and channels of one workspace, not those of every other one too.
    users: structuredClone([...users]),
    groups: structuredClone([...groups]),
    channels: channels.map((channel) =>
      typeof channel === 'string' ? { id: channel, name: channel.toLowerCase() } : structuredClone(channel),
    ),
    now,
  });
  const triggers = new Triggers(now);
  const outages = new Outages();
  const uploads = new Uploads(workspace);
  const scopes = [...allScopes];
  const hosts: SlackHosts = { ...slackHosts };
  const told = (
    message: { channel: string; text: string; blocks?: unknown; attachments?: unknown },
    edited: boolean,
  ) => log.emit({ kind: 'slack', ...saidOf(message), ...(edited && { edited }) });
  const responseUrls = new ResponseUrls(workspace, told);
  const limits = options.limits === 'none' ? undefined : new RateLimits(now, options.limits?.timeScale);
  const server = new SlackServer({
    webApi: { workspace, triggers, uploads, hosts, told, token, scopes, limits },
    outages,
    responseUrls,
  });
  await server.listen();
  if (options.hosts !== 'slack') Object.assign(hosts, { hooks: server.endpoint, files: server.endpoint });

  const ofApp = {
    requestUrl: undefined as string | undefined,
    signingSecret: options.signingSecret ?? 'sandbox',
  };
  const interactions = new Interactions({ workspace, triggers, responseUrls, hosts, app: () => ofApp });
  return {
    port: server.port,
    endpoint: server.endpoint,
    team: slackTeam,
    app: slackApp,
    scopes,
    users: workspace.users,
    groups: workspace.groups,
    channels: workspace.channels,
    messages: workspace.messages,
    ephemerals: workspace.ephemerals,
    views: workspace.views,
    files: workspace.files,
    requests: interactions.requests,
    get signingSecret() {
      return ofApp.signingSecret;
    },
    set signingSecret(secret) {
      ofApp.signingSecret = secret;
    },
    get requestUrl() {
      return ofApp.requestUrl;
    },
    set requestUrl(url) {
      ofApp.requestUrl = url;
    },
    get triggerLife() {
      return triggers.life;
    },
    set triggerLife(milliseconds) {
      triggers.life = milliseconds;
    },
    get outage() {
      return outages.outage;
    },
    fail: (outage, scope) => {
      outages.set(outage, scope);
      workspace.changed({ kind: 'outage' });
    },
    click: async (click) => interactions.click(click),
    submit: (submission) => interactions.submit(submission),
    close: (closing) => interactions.close(closing),
    clickables: (message) => clickablesOf(message, message.ts),
    listen: (listener) => workspace.listen(listener),
    passTime: (milliseconds) => {
      passed += milliseconds;
    },
    stop: () => server.stop(),
  };
}

/** What a channel is told, as an event; what attachments say comes with the blocks. */
function saidOf(message: { channel: string; text: string; blocks?: unknown; attachments?: unknown }) {
  const { channel, text, blocks, attachments } = message;
  const attached = Array.isArray(attachments) ? attachments.flatMap((each) => each.blocks ?? []) : [];
  const all = [...(Array.isArray(blocks) ? blocks : []), ...attached];
  return { channel, text, ...(all.length === 0 ? {} : { blocks: all }) };
}
