import { createHash } from 'node:crypto';
import type { PlacementSettings } from './named-places';
import { usualRecorder } from './recorder';

const digestLength = 16;

/** Where the digest stands in the description of a stack set. */
const described = new RegExp(` Placement ([0-9a-f]{${digestLength}})\\.$`);

/** Stands for what a policy says of who is deployed to, and with what: another placement has another digest. The order of lists is none. */
export function placementDigest({ targets, exclude, recorder, rollout }: PlacementSettings): string {
  const { default: usual, organizationalUnits, accounts } = recorder ?? usualRecorder;
  const entries = (modes: Readonly<Record<string, string>>) => sorted(Object.entries(modes).map(String));
  const said = [
    ...[targets, exclude, rollout?.pilot].map((keys = []) => sorted(keys)),
    ...[usual, entries(organizationalUnits), entries(accounts)],
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, digestLength);
}

/** The description of a stack set that goes where such a policy has it. */
export function describedPlacement(description: string, settings: PlacementSettings): string {
  return `${description} Placement ${placementDigest(settings)}.`;
}

/** The digest in the description of a stack set; undefined where it has none. */
export function placementIn(description: string): string | undefined {
  return described.exec(description)?.[1];
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
