import { isDeepStrictEqual } from 'node:util';
import type { Colors } from 'picocolors/types';
import { controlDefaults } from '../../config/resolve';
import { states } from '../../core/states';
import { accountText, type PlaceNames, withNames } from '../../ledger/organization/place-names';
import type { JudgedAgain } from '../../operator/plan/judged-again';
import type { FindingPlan } from '../../operator/plan/open-findings';
import { type AccountPlan, type ControlPlan, flagOf } from '../../operator/plan/policy-plan';
import type { PolicyProblem } from '../../operator/plan/policy-problems';
import { countsOf, type WholePlan } from '../../operator/plan/whole-plan';
import { deployedName } from '../../operator/policy-file';
import { counted } from '../../operator/text/counted';
import { printable, printableJson } from '../../resources/kit/printable';
import { costLines } from '../cost/cost-lines';

/**
 * A plan for people: what is wrong first, then the numbers, then accounts and findings of which something would be fixed that is
 * not now. Pure.
 * @param all also the accounts in which nothing changes
 */
export function planText(plan: WholePlan, { all, colours }: { all: boolean; colours: Colors }): string {
  const { nothingDeployed, settings, judgedAgain, accounts, findings, places, cost } = plan;
  const like = (difference: AccountPlan['difference']) =>
    accounts.filter(
      (account) => account.difference === difference && (all || account.watched || difference === 'changes'),
    );
  const accountsIn = (heading: string, some: readonly AccountPlan[]): Section => [
    heading,
    some.flatMap((account) => accountLines(account, places, colours)),
  ];
  const findingsIn = (heading: string, becomes: FindingPlan['becomes']): Section => [
    heading,
    findings.filter((finding) => finding.becomes === becomes).map((finding) => findingLine(finding, plan)),
  ];
  const sections: Section[] = [
    accountsIn('Accounts in which something would start being fixed', like('starts')),
    accountsIn('Other changes', like('changes')),
    ['For all accounts', settings.map((setting) => `- ${said(setting, places)}`)],
    ['AWS Config judges everything again by', judgedAgain.map(judgedAgainLine)],
    findingsIn('Open findings that would be fixed at once, if the resource is still dangerous', 'fixed'),
    findingsIn('Open findings whose plan would wait', 'waits'),
    accountsIn('No change', all ? like('stays') : []),
    ['What it costs', cost === undefined ? [] : costLines(cost)],
  ];
  return [
    ...problemLines(plan.problems, plan.file, colours),
    ...(nothingDeployed === undefined
      ? []
      : [`${printable(nothingDeployed)} Everything counts as a change.`]),
    ...(plan.file === deployedName
      ? [
          'This is the policy that is deployed, beside itself: what holds now. Name a file to compare with it.',
        ]
      : []),
    ...headline(plan, all, colours),
    ...sections.flatMap(([heading, lines]) =>
      lines.length === 0 ? [] : ['', colours.bold(heading), ...lines.map((line) => `  ${line}`)],
    ),
    ...plan.warnings.flatMap((warning) => ['', colours.yellow(printable(warning))]),
    ...(plan.advice === undefined ? [] : ['', plan.advice]),
  ].join('\n');
}

/** A sentence for people, with the names of the accounts and units that it mentions. */
function said(text: string, places: PlaceNames): string {
  return printable(withNames(text, places));
}

type Section = [heading: string, lines: string[]];

/** What is wrong between a policy and the organization, for people; none where all is well. */
export function problemLines(problems: readonly PolicyProblem[], file: string, colours: Colors): string[] {
  if (problems.length === 0) return [];
  const lines = problems.map(
    ({ key, source, message }) => `  ${printable(`${key}${source ? ` (${source})` : ''}: ${message}`)}`,
  );
  const stopsAll = problems.some((problem) => problem.stopsAllFixes);
  return [
    colours.red(`${counted(problems.length, 'problem')} between ${printable(file)} and the organization:`),
    ...lines,
    ...(stopsAll
      ? [
          colours.red(
            '  While a name or a path means nothing, nothing at all is fixed. What follows would hold after that.',
          ),
        ]
      : []),
    '',
  ];
}

function headline(plan: WholePlan, all: boolean, colours: Colors): string[] {
  const { starts, changes, stays, unwatched, findingsFixed, findingsWaiting } = countsOf(plan);
  const first = `${counted(starts, 'account')} would start being fixed, ${changes} would change otherwise, ${stays} would stay as ${stays === 1 ? 'it is' : 'they are'}.`;
  return [
    (starts > 0 ? colours.yellow : colours.green)(first),
    `${counted(findingsFixed, 'open finding')} would be fixed at once, ${findingsWaiting} would wait.`,
    ...(unwatched > 0
      ? [
          `${counted(unwatched, 'account')} under none of the targets ${unwatched === 1 ? 'is' : 'are'} not watched.`,
        ]
      : []),
    ...(!all && stays + unwatched > 0 ? [colours.dim('All accounts: --all.')] : []),
  ];
}

function accountLines(
  { account, watched, controls }: AccountPlan,
  places: PlaceNames,
  colours: Colors,
): string[] {
  const { id, name, unit } = account;
  const note = watched ? '' : '  (not watched)';
  return [
    `${id}  ${printable(name)}  ${colours.dim(printable(unit.path))}${note}`,
    ...controls.flatMap((control) => controlLines(control, places, colours).map((line) => `  ${line}`)),
  ];
}

function controlLines(plan: ControlPlan, places: PlaceNames, colours: Colors): string[] {
  const { control, difference, next, now, newlyDangerous } = plan;
  const colour = { starts: colours.yellow, changes: colours.cyan, stays: colours.dim }[difference];
  if ('unresolved' in next)
    return [colours.red(said(`${control}: cannot be told, so nothing is fixed. ${next.unresolved}`, places))];
  const before = now === undefined ? '' : (flagOf(now) ?? 'not known');
  const flag = before === '' || before === next.flag ? next.flag : `${before} → ${next.flag}`;
  return [
    `${colour(`${control}: ${flag}`)}, by ${said(next.decidedBy, places)}`,
    ...parametersLines({ next, ...(now && { now }) }, places),
    ...(newlyDangerous.length === 0 ? [] : [`  newly dangerous: ${printable(newlyDangerous.join('; '))}`]),
  ];
}

function parametersLines({ next, now }: Pick<ControlPlan, 'next' | 'now'>, places: PlaceNames): string[] {
  if ('unresolved' in next) return [];
  const { parameters, parametersDecidedBy } = next;
  const before = now && !('unresolved' in now) ? now.parameters : undefined;
  const same = before === undefined || isDeepStrictEqual(before, parameters);
  const was = same ? '' : `${printableJson(before)} → `;
  // The usual ones, which every other control there has, too.
  if (same && parametersDecidedBy === controlDefaults) return [];
  return [`  with ${was}${printableJson(parameters)}, by ${said(parametersDecidedBy, places)}`];
}

function judgedAgainLine({ control, because }: JudgedAgain): string {
  const what = because.map((part) => ({ code: 'its code', parameters: 'its parameters' })[part]);
  return `- ${control}: ${what.join(' and ')} changed`;
}

function findingLine(finding: FindingPlan, { nameOf, places }: WholePlan): string {
  const { record, why } = finding;
  const changes = counted((record.plan?.changes.length ?? 0) + (record.omitted?.changes ?? 0), 'change');
  const { accountId } = record.identity;
  const account = accountText(accountId, places);
  return said(
    `${nameOf(finding)}  account ${account}, now ${states[record.state].title}, ${changes}. ${why}`,
    places,
  );
}
