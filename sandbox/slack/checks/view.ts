import * as z from 'zod/mini';
import { SlackError } from '../errors';
import type { ViewDefinition } from '../model';
import { blocksProblems } from './blocks';
import { plainText } from './elements';
import { issueLines } from './issues';

/** https://docs.slack.dev/reference/views/modal-views; of views the stand-in has modals. */
const viewSchema = z.strictObject({
  type: z.literal('modal'),
  title: plainText(24),
  submit: z.optional(plainText(24)),
  close: z.optional(plainText(24)),
  blocks: z.array(z.looseObject({ type: z.string() })),
  private_metadata: z.optional(z.string().check(z.maxLength(3000))),
  callback_id: z.optional(z.string().check(z.maxLength(255))),
  external_id: z.optional(z.string().check(z.maxLength(255))),
  clear_on_close: z.optional(z.boolean()),
  notify_on_close: z.optional(z.boolean()),
  submit_disabled: z.optional(z.boolean()),
});

/** Slack's limit for a whole view, in bytes: https://docs.slack.dev/reference/methods/views.open */
const maximumSize = 250_000;

/**
 * A view, where Slack takes it.
 * @throws SlackError with which Slack refuses it
 */
export function checkedView(view: unknown): ViewDefinition {
  if (Buffer.byteLength(JSON.stringify(view) ?? '') > maximumSize) throw new SlackError('view_too_large');
  const parsed = viewSchema.safeParse(view);
  if (!parsed.success) throw SlackError.because('invalid_arguments', issueLines(parsed.error.issues, 'view'));
  const problems = blocksProblems(parsed.data.blocks, 'view');
  if (problems.length > 0) throw SlackError.because('invalid_arguments', problems);
  if (parsed.data.submit === undefined && parsed.data.blocks.some(({ type }) => type === 'input'))
    throw SlackError.because('invalid_arguments', ['submit is required where there are input blocks']);
  return parsed.data as unknown as ViewDefinition;
}
