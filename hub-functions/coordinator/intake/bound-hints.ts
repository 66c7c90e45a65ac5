import { findingKey } from '../../../core/finding';
import type { Hint, Hints, WideHint } from './hint';

/** What the messages of one batch say of one resource, and which of them, by their place in the batch. */
export interface BoundHints {
  /** One for each finding of the resource. */
  hints: readonly { hint: Hint; messages: readonly number[] }[];
}

/** What the messages of one batch say of one type of resource somewhere, and which of them, by their place in the batch. */
export interface BoundWideHint {
  wide: WideHint;
  messages: readonly number[];
}

/** A finding outweighs a look, which outweighs that something was mended: the look that follows sees that too. */
const weight: Record<Hint['says'], number> = { finding: 2, look: 1, mended: 0 };

/**
 * Binds what several messages say of the same resource, so that it is looked at once for all of them: a change in several calls
 * is several events, and several detectors tell of it. All of them were sent before the look begins.
 * @param messages what each message of a batch says; undefined where one could not be read
 */
export function boundHints(messages: readonly (Hints | undefined)[]): {
  resources: readonly BoundHints[];
  wide: readonly BoundWideHint[];
} {
  const resources = new Map<string, Map<string, { hint: Hint; messages: number[] }>>();
  const wide = new Map<string, { wide: WideHint; messages: number[] }>();
  for (const [index, message] of messages.entries()) {
    for (const hint of message?.hints ?? []) {
      const findings = entryOf(resources, resourceKey(hint), () => new Map());
      const bound = entryOf(findings, findingKey(hint.identity), () => ({ hint, messages: [] }));
      bound.hint = both(bound.hint, hint);
      bound.messages.push(index);
    }
    for (const hint of message?.wide ?? []) {
      entryOf(wide, wideKey(hint), () => ({ wide: hint, messages: [] })).messages.push(index);
    }
  }
  return {
    resources: [...resources.values()].map((findings) => ({ hints: [...findings.values()] })),
    wide: [...wide.values()],
  };
}

/**
 * Who told it first is its detector, and the first call that was told of has opened it. Who tells that it was mended has found nothing:
 * by itself that opens no finding.
 */
function both(first: Hint, later: Hint): Hint {
  const { detector } = first.says === 'mended' ? later : first;
  const opened = first.opened ?? later.opened;
  const says = weight[later.says] > weight[first.says] ? later.says : first.says;
  const [sentAt] = [first.sentAt, later.sentAt].filter((time) => time !== undefined).sort();
  return { ...first, says, detector, ...(opened && { opened }), ...(sentAt !== undefined && { sentAt }) };
}

function resourceKey({ identity: { accountId, region, resourceType, resourceId } }: Hint): string {
  return JSON.stringify([accountId, region, resourceType, resourceId]);
}

function wideKey({ accountId, region, resourceType }: WideHint): string {
  return JSON.stringify([accountId, region, resourceType]);
}

function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
