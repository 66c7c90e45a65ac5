import * as z from 'zod/mini';
import type { InteractionResult } from '../interactions/deliver';
import { InputError } from '../interactions/interactions';
import type { SlackStandIn } from '../slack';
import { outageChoices } from './outage-choices';
import type { PageAnswer } from './protocol';

const text = z.string();
const optional = z.optional(text);
const click = z.strictObject({
  user: text,
  channel: optional,
  ts: optional,
  viewId: optional,
  actionId: optional,
  value: optional,
  blockId: optional,
  selected: optional,
});
const submission = z.strictObject({
  user: text,
  viewId: text,
  values: z.record(text, z.union([text, z.number(), z.null()])),
});
const closing = z.strictObject({ user: text, viewId: text });
const outage = z.strictObject({ outage: text });

type Acting = Pick<SlackStandIn, 'click' | 'submit' | 'close' | 'fail'>;

/**
 * Does what the page asks for.
 * @param path of the request, for example `/click`
 * @returns undefined where there is no such path
 */
export async function answerPage(
  slack: Acting,
  path: string,
  body: unknown,
): Promise<PageAnswer | undefined> {
  try {
    switch (path) {
      case '/click':
        return answered(await slack.click(given(click, body)));
      case '/submit':
        return answered(await slack.submit(given(submission, body)));
      case '/close':
        return answered(await slack.close(given(closing, body)));
      case '/outage':
        slack.fail(outageChoices[given(outage, body).outage]);
        return {};
      default:
        return undefined;
    }
  } catch (error) {
    return error instanceof InputError ? { errors: error.errors } : { problem: (error as Error).message };
  }
}

/** What a schema takes, with what is left out left out. @throws Error where it takes nothing of the kind */
function given<T>(schema: z.ZodMiniType<T>, body: unknown): WithoutUndefined<T> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Error('The page asked for something that there is not.');
  return parsed.data as WithoutUndefined<T>;
}

/** JSON holds no undefined. */
type WithoutUndefined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

function answered(result: InteractionResult | undefined): PageAnswer {
  const errors = (result?.body as { errors?: Record<string, string> } | undefined)?.errors;
  return {
    ...(result?.problem !== undefined && { problem: result.problem }),
    ...(typeof errors === 'object' && errors !== null && { errors }),
  };
}
