import { SlackError } from '../errors';
import type { SlackContent } from '../model';
import { blocksProblems } from './blocks';

/** Slack's limit for a message's text: https://docs.slack.dev/reference/methods/chat.postMessage */
const maximumTextLength = 40_000;

/**
 * How long all blocks of a message may be together. Slack's pages do not tell it. People measured about 13,200 characters, less where
 * there are more blocks, and were refused with 11,341 characters of text in many: here the blocks' JSON counts.
 * https://github.com/slackapi/bolt-js/issues/2509 and …/2867
 */
const maximumBlocksLength = 13_200;

interface Attachment {
  blocks?: unknown;
  color?: unknown;
  fallback?: unknown;
  text?: unknown;
}

/**
 * A message's content as its parameters give it, where Slack takes it. Empty lists are none.
 * @throws SlackError with which Slack refuses it
 */
export function messageContent(parameters: Record<string, unknown>): SlackContent {
  const text = String(parameters.text ?? '');
  const blocks = isEmpty(parameters.blocks) ? undefined : parameters.blocks;
  const attachments = isEmpty(parameters.attachments) ? undefined : parameters.attachments;
  if (text.length > maximumTextLength) throw new SlackError('msg_too_long');
  if (text === '' && blocks === undefined && attachments === undefined) throw new SlackError('no_text');
  if (blocks !== undefined) checkBlocks(blocks);
  if (attachments !== undefined) checkAttachments(attachments);
  const length = JSON.stringify(blocks ?? []).length + JSON.stringify(attachments ?? []).length;
  if (length > maximumBlocksLength) throw new SlackError('msg_blocks_too_long');
  return {
    text,
    ...(blocks === undefined ? {} : { blocks }),
    ...(attachments === undefined ? {} : { attachments }),
  };
}

function isEmpty(list: unknown): boolean {
  return list === undefined || list === null || list === '' || (Array.isArray(list) && list.length === 0);
}

function checkBlocks(blocks: unknown): void {
  const problems = blocksProblems(blocks, 'message');
  if (problems.length > 0) throw SlackError.because('invalid_blocks', problems);
}

/** Of attachments the stand-in has a colour with blocks or a text: https://docs.slack.dev/reference/messaging/attachments */
function checkAttachments(attachments: unknown): void {
  const list: unknown[] = Array.isArray(attachments) ? attachments : [undefined];
  const problems = list.flatMap((attachment, index) =>
    attachmentProblems(attachment).map((problem) => `${problem} [json-pointer:/attachments/${index}]`),
  );
  if (list.length > 100) throw new SlackError('too_many_attachments');
  if (problems.length > 0) throw SlackError.because('invalid_attachments', problems);
}

function attachmentProblems(attachment: unknown): string[] {
  if (typeof attachment !== 'object' || attachment === null) return ['must be an object'];
  const { blocks, color, fallback, text, ...others }: Attachment = attachment;
  const isColour =
    color === undefined ||
    (typeof color === 'string' && /^(#?[0-9a-f]{6}|good|warning|danger)$/i.test(color));
  return [
    ...Object.keys(others).map((name) => `the stand-in does not know ${name}`),
    ...(isColour ? [] : ['color must be six hexadecimal digits, good, warning or danger']),
    ...[fallback, text]
      .filter((words) => words !== undefined && typeof words !== 'string')
      .map(() => 'text and fallback must be texts'),
    ...(blocks === undefined ? [] : blocksProblems(blocks, 'message')),
    ...(blocks === undefined && typeof text !== 'string' ? ['blocks or text is required'] : []),
  ];
}
