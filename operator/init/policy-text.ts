import type { RecorderMode } from '../../config/recorder';
import { printable } from '../../resources/kit/printable';
import type { FoundOrganization, FoundParts, FoundRecorder } from './found';

/** What a person says of a new policy. */
export interface PolicyAnswers {
  hub: { account: string; region: string };
  regions: readonly string[];
  /** Units by id or path, and accounts by id. */
  targets: readonly string[];
  /** The Slack channel's id. */
  channel: string;
  /** E-mail addresses and URLs. */
  alarms: readonly string[];
  /** Whose recorder stands where nothing else was found. */
  recorder: RecorderMode;
}

const modes: Readonly<Record<FoundRecorder, RecorderMode | undefined>> = {
  another: 'existing',
  none: 'own',
  unknown: undefined,
};

/** A policy by which nothing is changed: every flag is off; recorders and trail are as they were found. Pure. */
export function newPolicyText(
  answers: PolicyAnswers,
  { id, managementAccount, structure }: FoundOrganization,
  found: FoundParts,
): string {
  const { hub, regions, targets, channel, alarms, recorder } = answers;
  const names = new Map(
    [...structure.accounts, ...structure.units].map((place) => [place.id, printable(place.name)]),
  );
  const remark = (key: string) => {
    const name = key === structure.rootId ? 'the whole organization' : names.get(key);
    return name === undefined ? '' : ` # ${name}`;
  };
  const others = [...found.recorders].flatMap(([accountId, of]) => {
    // Nothing is set up where one is, whatever is wished.
    const mode = recorder === 'none' ? undefined : modes[of];
    return mode === undefined || mode === recorder ? [] : [`    "${accountId}": ${mode}${remark(accountId)}`];
  });
  return [
    '# The policy of Staunch for this organization. docs/policy.md explains every key.',
    'organization:',
    `  id: ${id}`,
    `  managementAccount: "${managementAccount}"`,
    'hub:',
    `  account: "${hub.account}"${remark(hub.account)}`,
    `  region: ${hub.region}`,
    ...(alarms.length > 0 ? [`  alarms: ${JSON.stringify(alarms)}`] : []),
    `regions: [${regions.join(', ')}]`,
    'targets:',
    ...targets.map((target) => `  - ${JSON.stringify(target)}${remark(target)}`),
    '# Whose AWS Config recorder stands where: own, existing or none.',
    'recorder:',
    `  default: ${recorder}`,
    ...(others.length > 0 ? ['  accounts:', ...others] : []),
    ...unknownLines(found),
    ...trailLines(found),
    '# Nothing is changed anywhere while every flag is off.',
    'autoResponse:',
    '  default: off',
    'slack:',
    `  channel: ${channel}`,
    '',
  ].join('\n');
}

function unknownLines({ recorders }: FoundParts): string[] {
  const unknown = [...recorders].filter(([, of]) => of === 'unknown').map(([accountId]) => accountId);
  if (unknown.length === 0) return [];
  return [`# Of ${unknown.length} accounts it could not be read whether they have a recorder.`];
}

function trailLines({ trail }: FoundParts): string[] {
  if ('unread' in trail) return ['# Whether CloudTrail has a trail of the organization could not be read.'];
  const { read } = trail;
  if (read === undefined)
    return ['# CloudTrail has no trail of the organization: what opens is found later.'];
  return [
    `# The organization's trail: ${printable(read.arn)}${read.isLogging ? '' : ', which does not log'}.`,
  ];
}
