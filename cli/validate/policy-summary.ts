import type { Exemption, Level } from '../../config/compiled';
import type { Organization } from '../../config/organization';
import { modesOf } from '../../config/recorder';
import { counted } from '../../operator/text/counted';

/** A valid policy in a sentence: how much it says, and which exemption ends next. */
export function policySummary(organization: Organization): string {
  const { autoResponse, targets, exclude, recorder, rollout, regions, exemptions } = organization;
  const { default: fallback, organizationalUnits, accounts } = autoResponse;
  const flags =
    flagsIn(fallback) -
    1 +
    [...Object.values(organizationalUnits), ...Object.values(accounts)].reduce(
      (sum, level) => sum + flagsIn(level),
      0,
    );
  const modes = [...modesOf(recorder)].join(' or ');
  const parts = [
    `default ${fallback.flag}`,
    counted(flags, 'further flag'),
    counted(targets.length, 'target'),
    ...(exclude.length > 0 ? [`${exclude.length} excluded`] : []),
    ...(rollout.pilot.length > 0 ? [`${rollout.pilot.length} in the pilot`] : []),
    ...(modes === 'own' ? [] : [`recorder ${modes}`]),
    regions.join(' and '),
    `${counted(exemptions.length, 'exemption')}${nextToEnd(exemptions)}`,
  ];
  return `${parts.join(', ')}.`;
}

function flagsIn({ flag, controls }: Level): number {
  return [flag, ...Object.values(controls).map((control) => control.flag)].filter(
    (said) => said !== undefined,
  ).length;
}

function nextToEnd(exemptions: readonly Exemption[]): string {
  const [next] = [...exemptions].sort((a, b) => Date.parse(a.until) - Date.parse(b.until));
  return next
    ? `; the next to end is that of ${next.resource} from ${next.control}, ${next.expires} (${next.source})`
    : '';
}
