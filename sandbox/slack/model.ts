/** A person or a bot of the workspace, as far as Staunch asks for it. */
export interface SlackUser {
  /** For example `U0ALICE0001`. */
  id: string;
  /** The person's name, for example `Alice Example`. */
  name: string;
  email?: string;
  /** The workspace that the person belongs to; another one than the app's for somebody of a shared channel. */
  team: string;
  /** A guest of the workspace. */
  restricted?: boolean;
  /** Deactivated. */
  deleted?: boolean;
}

/** A user group: https://docs.slack.dev/reference/objects/usergroup-object */
export interface SlackGroup {
  /** For example `S0SECURITY1`. */
  id: string;
  /** Without the `@`. */
  handle: string;
  /** Ids of its users. */
  users: string[];
}

/** A channel: https://docs.slack.dev/reference/objects/conversation-object */
export interface SlackChannel {
  /** For example `C0SECURITY1`. */
  id: string;
  /** Without the `#`. */
  name: string;
  archived?: boolean;
  private?: boolean;
  /** Whether the app's bot is not in it. */
  withoutBot?: boolean;
  /** Ids of its members; everybody of the workspace, where they are not given. */
  members?: string[];
}

/** What a message says. */
export interface SlackContent {
  text: string;
  /** As the app gave them: https://docs.slack.dev/reference/block-kit/blocks */
  blocks?: unknown;
  /** As the app gave them: https://docs.slack.dev/messaging/formatting-message-text#attachments */
  attachments?: unknown;
}

/** A message that reached a channel, as it is now. */
export interface SlackMessage extends SlackContent {
  channel: string;
  /** Slack's id of the message within its channel: seconds with six decimals. */
  ts: string;
  /** `ts` of the message in whose thread it stands. */
  threadTs?: string;
  /** What it said before, the first first; absent while it was not edited. */
  history?: SlackContent[];
  /** Ids of the files that it brought. */
  files?: string[];
}

/** A message that one user alone sees, until he reloads. */
export interface SlackEphemeral extends SlackContent {
  channel: string;
  user: string;
  ts: string;
  threadTs?: string;
}

/** A modal, as it is now: https://docs.slack.dev/reference/views/modal-views */
export interface SlackView {
  id: string;
  /** Who sees it. */
  user: string;
  /** As the app gave it, with a generated id for each block and element that has none. */
  view: ViewDefinition;
  /** Changes with every update; see `views.update`. */
  hash: string;
  /** The first one of its stack: itself, where it was not pushed on another one. */
  rootId: string;
  /** The one below it. */
  previousId?: string;
  /** Whether the user still sees it, or the one above it. */
  open: boolean;
}

/** What an app gives for a modal. */
export interface ViewDefinition {
  type: string;
  title: SlackText;
  submit?: SlackText;
  close?: SlackText;
  blocks: SlackBlock[];
  private_metadata?: string;
  callback_id?: string;
  external_id?: string;
  notify_on_close?: boolean;
  clear_on_close?: boolean;
}

/** A text of Block Kit: https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export interface SlackText {
  type: 'plain_text' | 'mrkdwn';
  text: string;
  verbatim?: boolean;
}

/** A dialog that asks before an action: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export interface SlackConfirm {
  title: SlackText;
  text: SlackText;
  confirm: SlackText;
  deny: SlackText;
  style?: string;
}

/** One of a menu's choices. */
export interface SlackOption {
  text: SlackText;
  value: string;
  description?: SlackText;
}

/** What a person can act on, or fill in: https://docs.slack.dev/reference/block-kit/block-elements */
export interface SlackElement {
  type: string;
  action_id?: string;
  text?: SlackText;
  value?: string;
  url?: string;
  style?: string;
  confirm?: SlackConfirm;
  accessibility_label?: string;
  placeholder?: SlackText;
  options?: SlackOption[];
  initial_option?: SlackOption;
  initial_value?: string;
  initial_date_time?: number;
  multiline?: boolean;
  min_length?: number;
  max_length?: number;
}

/** A block, after `checks/blocks.ts` took it. */
export interface SlackBlock {
  type: string;
  block_id?: string;
  text?: SlackText;
  fields?: SlackText[];
  accessory?: SlackElement;
  /** Of an actions block elements, of a context block texts. */
  elements?: (SlackElement | SlackText)[];
  label?: SlackText;
  hint?: SlackText;
  element?: SlackElement;
  optional?: boolean;
}

/** A file that was shared in a channel: https://docs.slack.dev/reference/objects/file-object */
export interface SlackFile {
  id: string;
  name: string;
  title: string;
  content: Uint8Array;
  channel?: string;
  threadTs?: string;
}

/** On what of a message or a modal somebody acts; what is left out matches everything. */
export interface Target {
  actionId?: string;
  value?: string;
  blockId?: string;
}

/** What a person fills in, by block id: a text, the value of a choice, or seconds since the epoch; null for nothing. */
export type InputValues = Readonly<Record<string, string | number | null>>;
