import type {
  InputValues,
  SlackBlock,
  SlackChannel,
  SlackEphemeral,
  SlackGroup,
  SlackMessage,
  SlackUser,
  Target,
  ViewDefinition,
} from '../model';

/** An attachment, as the page shows it. */
export interface ShownAttachment {
  color?: string;
  text?: string;
  blocks: SlackBlock[];
}

/** What a message says, with an id for each block and element. */
interface ShownContent {
  blocks: SlackBlock[];
  attachments: ShownAttachment[];
}

/** A file of a message. */
export interface ShownFile {
  id: string;
  name: string;
  title: string;
  /** In bytes. */
  size: number;
}

/** A message, as the page shows it. */
export type ShownMessage = Pick<SlackMessage, 'channel' | 'ts' | 'threadTs' | 'text'> &
  ShownContent & {
    /** Whether Slack marks it so: where a text without blocks was edited. */
    edited: boolean;
    files: ShownFile[];
  };

/** What the page's user alone sees. */
export type ShownEphemeral = Pick<SlackEphemeral, 'channel' | 'ts' | 'threadTs' | 'text'> & ShownContent;

/** A modal, as the page shows it. */
export interface ShownView {
  id: string;
  view: ViewDefinition;
}

/** What the page is told, in order; the first is the workspace. */
export type PageEvent =
  | {
      kind: 'workspace';
      users: SlackUser[];
      groups: SlackGroup[];
      channels: SlackChannel[];
      messages: ShownMessage[];
      ephemerals: ShownEphemeral[];
      views: ShownView[];
      outage: string;
    }
  | { kind: 'message'; message: ShownMessage }
  | { kind: 'message-deleted'; channel: string; ts: string }
  | { kind: 'ephemeral'; ephemeral: ShownEphemeral }
  | { kind: 'ephemeral-deleted'; channel: string; ts: string }
  | { kind: 'view'; view: ShownView }
  | { kind: 'view-closed'; id: string }
  | { kind: 'outage'; outage: string };

/** What the page asks for, by path. */
export interface PageRequests {
  '/click': Target & { user: string; channel?: string; ts?: string; viewId?: string; selected?: string };
  '/submit': { user: string; viewId: string; values: InputValues };
  '/close': { user: string; viewId: string };
  '/outage': { outage: string };
}

/** What the page is answered. */
export interface PageAnswer {
  /** What went wrong, for the person. */
  problem?: string;
  /** What an input lacks, by block id. */
  errors?: Readonly<Record<string, string>>;
}
