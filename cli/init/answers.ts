import { targetPattern } from '../../config/formats';
import { type RecorderMode, recorderModes } from '../../config/recorder';
import { unusableRegion } from '../../config/regions';
import { accountIdPattern } from '../../core/finding';
import type { FoundOrganization } from '../../operator/init/found';
import type { PolicyAnswers } from '../../operator/init/policy-text';
import { printable } from '../../resources/kit/printable';
import type { Asker, Choice } from '../asker/asker';
import { UserError } from '../user-error';

/** What the options say; the rest is asked. */
export interface InitOptions {
  hub?: string;
  hubRegion?: string;
  regions?: string[];
  targets?: string[];
  channel?: string;
  alarms?: string[];
  recorder?: string;
}

/**
 * What a new policy says: by the options, else by the person at the keyboard.
 * @param asker undefined where nobody is there
 * @throws UserError when an option is missing and nobody is there, or one means nothing
 */
export async function answersOf(
  options: InitOptions,
  found: FoundOrganization,
  asker: Asker | undefined,
): Promise<PolicyAnswers> {
  const account = checked(
    '--hub',
    accountProblem,
  )(
    options.hub ??
      (await asked(asker, '--hub', (who) =>
        who.one('Which account is the hub? Best one that only security uses.', accountChoices(found)),
      )),
  );
  const region = checked(
    '--hub-region',
    regionProblem,
  )(
    options.hubRegion ??
      (await asked(asker, '--hub-region', (who) =>
        who.text({ message: 'Which Region is the hub in?', initial: 'eu-west-1', problem: regionProblem }),
      )),
  );
  const regions = (
    options.regions ?? [
      region,
      ...(asker === undefined
        ? []
        : listOf(
            await asker.text({
              message: 'Which Regions are watched beside it? Several with commas; none when left empty.',
              problem: (answer) => firstProblem(listOf(answer), regionProblem),
            }),
          )),
    ]
  ).map(checked('--regions', regionProblem));
  const targets = (
    options.targets ??
    (asker === undefined
      ? [found.structure.rootId]
      : await asker.several('What is watched?', unitChoices(found), [found.structure.rootId]))
  ).map(checked('--targets', targetProblem));
  const channel = checked(
    '--channel',
    channelProblem,
  )(
    options.channel ??
      (await asked(asker, '--channel', (who) =>
        who.text({ message: "The Slack channel's id, such as C0123456789?", problem: channelProblem }),
      )),
  );
  return {
    hub: { account, region },
    regions: [...new Set([region, ...regions])],
    targets,
    channel,
    alarms: options.alarms ?? [],
    recorder: recorderOf(options.recorder),
  };
}

function recorderOf(option = 'own'): RecorderMode {
  const mode = recorderModes.find((each) => each === option);
  if (mode !== undefined) return mode;
  throw new UserError(
    `--recorder is ${JSON.stringify(option)}, and should be ${recorderModes.join(', ')}.`,
    2,
  );
}

/** @throws UserError that names the option, where nobody can be asked */
function asked(
  asker: Asker | undefined,
  option: string,
  question: (asker: Asker) => Promise<string>,
): Promise<string> {
  if (asker !== undefined) return question(asker);
  throw new UserError(`Give ${option}: nobody is at a terminal who could be asked.`, 2);
}

function checked(option: string, problemOf: (answer: string) => string | undefined) {
  return (answer: string): string => {
    const problem = problemOf(answer);
    if (problem === undefined) return answer;
    throw new UserError(`${option} is ${JSON.stringify(answer)}: ${problem}`, 2);
  };
}

function firstProblem(answers: readonly string[], problemOf: (answer: string) => string | undefined) {
  return answers.map(problemOf).find((problem) => problem !== undefined);
}

/** Parts between commas. */
function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const accountProblem = (answer: string) =>
  accountIdPattern.test(answer) ? undefined : "an account's id has 12 digits.";
const regionProblem = (answer: string) => unusableRegion(answer);
const targetProblem = (answer: string) =>
  targetPattern.test(answer) ? undefined : 'a unit by id or path, or an account by id.';
const channelProblem = (answer: string) =>
  /^[CG][A-Z0-9]{8,20}$/.test(answer) ? undefined : "Slack shows the id at the end of the channel's details.";

function accountChoices({ structure, managementAccount }: FoundOrganization): Choice[] {
  return structure.accounts
    .filter(({ id, status }) => id !== managementAccount && status === 'ACTIVE')
    .map(({ id, name }) => ({ value: id, label: `${printable(name)} (${id})` }));
}

function unitChoices({ structure }: FoundOrganization): Choice[] {
  return [
    { value: structure.rootId, label: 'the whole organization' },
    ...structure.units.map(({ id, name }) => ({ value: id, label: `${printable(name)} (${id})` })),
  ];
}
