import type { Trace } from '../kit/trace';
import { type BlockSettings, blockSettingNames } from './model';

/** The name of one block setting. */
export type SettingName = keyof BlockSettings;

/** What a fix did to the block settings, which are null where the bucket has none. */
type BlockTrace = Exclude<Trace<BlockSettings | null>, { kind: 'mixed' }>;

const allOff: BlockSettings = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

/**
 * The block settings once all is undone: those that the fix turned on are off, and the others are as they are now. A setting that
 * keeps out a part which the fix wrote, was on before it, and is off now, is on again: an earlier undo turned it off for the time
 * of its writes, and stopped half-way. A bucket that had no settings has none again, unless one is on.
 * @param keptOut the settings that keep out parts that the fix wrote
 */
export function blockAtEnd(
  traced: BlockTrace,
  now: BlockSettings | null,
  keptOut: readonly SettingName[],
): BlockSettings | null {
  const turnedOn = turnedOnIn(traced);
  const isOn = (name: SettingName) =>
    !turnedOn.includes(name) && (now?.[name] || (keptOut.includes(name) && traced.left?.[name]));
  const end = switched(allOff, blockSettingNames.filter(isOn), true);
  const wasNone = traced.kind === 'touched' && traced.original === null;
  return wasNone && !blockSettingNames.some((name) => end[name]) ? null : end;
}

/**
 * Why the settings that an undo turns off for the time of its writes cannot be what they were, one sentence each. Where one was
 * turned on since, an undo that stopped half-way could not tell that it was. Where one was turned off since, while all that the fix
 * turned on is not off, no undo did that.
 * @param keptOut the settings that keep out parts that the fix wrote, and those of them whose parts are about to be written
 */
export function blockDifferences(
  traced: BlockTrace,
  now: BlockSettings | null,
  keptOut: { touched: readonly SettingName[]; written: readonly SettingName[] },
): string[] {
  const turnedOn = turnedOnIn(traced);
  const isHalfUndone = !turnedOn.some((name) => now?.[name]);
  const isOff = (name: SettingName) => traced.left?.[name] && !now?.[name] && !turnedOn.includes(name);
  return [
    ...(isHalfUndone ? [] : keptOut.touched.filter(isOff)).map(
      (name) => `${name} is off since the fix, though it was on before it.`,
    ),
    ...keptOut.written
      .filter((name) => now?.[name] && !traced.left?.[name])
      .map(
        (name) => `${name} is on for the bucket since the fix, so that S3 does not take back what was there.`,
      ),
  ];
}

/** The same settings, with some of them off. */
export function without(settings: BlockSettings | null, names: readonly SettingName[]): BlockSettings | null {
  return settings && switched(settings, names, false);
}

function switched(settings: BlockSettings, names: readonly SettingName[], isOn: boolean): BlockSettings {
  return { ...settings, ...Object.fromEntries(names.map((name) => [name, isOn])) };
}

function turnedOnIn(traced: BlockTrace): SettingName[] {
  if (traced.kind === 'untouched') return [];
  return blockSettingNames.filter((name) => traced.left?.[name] && !traced.original?.[name]);
}
