import type { Colors } from 'picocolors/types';
import type { Exemption } from '../../config/compiled';
import type { Step } from '../../config/resolve';
import { states } from '../../core/states';
import { utc } from '../../core/utc';
import type { Ending } from '../../decision/foretelling';
import type { LostName } from '../../decision/names-seen';
import type { QuestionName, TraceStep } from '../../decision/question';
import { type PlaceNames, withNames } from '../../ledger/organization/place-names';
import type { Explanation } from '../../operator/explain/explanation';
import { printable, printableJson } from '../../resources/kit/printable';

const endings: Record<Ending, string> = {
  fixed: 'It would be fixed.',
  reported: 'It would be reported, and nothing changed.',
  waits: 'It would wait.',
  'left alone': 'It would be left alone.',
};

/** What the questions of the cascade are called. */
const questions: Record<QuestionName, string> = {
  region: 'Region',
  target: 'Targets',
  record: 'Record',
  place: 'Open findings',
  tries: 'Tries',
  look: 'Resource',
  undo: 'Undo',
  exemption: 'Exemption',
  tag: 'Tag',
  flag: 'Flag',
  decision: 'Decision',
  approval: 'Approval',
  loss: 'Loss',
  retry: 'Retry',
  backlog: 'Backlog',
  stop: 'Stop switch',
  freeze: 'Freeze',
  names: 'Names',
  pause: 'Growing pause',
  reach: 'Reachable',
  limit: 'Limits',
  move: 'Place',
};

/** A decision for people: what it rests on, and the questions of the cascade, what comes of it at the end. Pure. */
export function explanationText(explanation: Explanation, colours: Colors): string {
  const { account, control, resource, policyName, foretold, placeNames } = explanation;
  const what = resource ? `${resource.resourceId} in ${resource.region}, ` : '';
  const steps: [title: string, lines: string[]][] = [
    ['Place', placeLines(explanation)],
    ['Flag and parameters, the most specific first', resolutionLines(explanation, colours)],
    ['Exemptions', exemptionLines(explanation)],
    ...(resource ? [['The ledger', ledgerLines(explanation)] satisfies [string, string[]]] : []),
    ['The decision, question by question', traceLines(foretold.trace, placeNames, colours)],
  ];
  const colour = {
    fixed: colours.yellow,
    reported: colours.cyan,
    waits: colours.cyan,
    'left alone': colours.green,
  };
  const { ending, why } = foretold;
  return [
    colours.bold(printable(`${control}: ${what}account ${account.id} (${account.name})`)),
    `By ${printable(policyName)}.`,
    ...steps.flatMap(([title, lines], index) => [
      '',
      colours.bold(`${index + 1}. ${title}`),
      ...lines.map((line) => `   ${line}`),
    ]),
    '',
    `${colour[ending](endings[ending])} ${said(why, placeNames)}`,
  ].join('\n');
}

/** A sentence for people, with the names of the accounts and units that it mentions. */
function said(text: string, names: PlaceNames): string {
  return printable(withNames(text, names));
}

function placeLines({ account, names, placeNames }: Explanation): string[] {
  const [...units] = account.unit.chain;
  return [
    printable(account.unit.path),
    printable(units.map(({ id, name }) => `${name} (${id})`).join(' < ')),
    ...(names?.seen.lost ?? []).map((lost) => said(lostSentence(lost), placeNames)),
  ];
}

function lostSentence({ key, source, kind, id, bearers }: LostName): string {
  const what = kind === 'account' ? 'account' : 'unit';
  const others = bearers.filter((bearer) => bearer !== id).map((bearer) => `${what} ${bearer}`);
  const now = others.length === 0 ? `no ${what} has that name now` : `${others.join(', ')} has that name now`;
  return `By ${key} (${source}) the policy means ${what} ${id}, as when it was deployed; ${now}.`;
}

function resolutionLines({ resolution, placeNames }: Explanation, colours: Colors): string[] {
  if ('unresolved' in resolution) return [colours.red(said(resolution.unresolved, placeNames))];
  const steps = resolution.steps.map((step) => ({ ...step, what: said(step.what, placeNames) }));
  const widest = Math.max(...steps.map(({ what }) => what.length));
  return [
    ...steps.map((step) => stepLine(step, widest, colours)),
    `flag ${colours.bold(resolution.flag)}, by ${said(resolution.decidedBy, placeNames)}`,
    `parameters ${printableJson(resolution.parameters)}, by ${said(resolution.parametersDecidedBy, placeNames)}`,
  ];
}

/** @param what as it is shown */
function stepLine({ what, flag, parameters }: Step, widest: number, colours: Colors): string {
  const words = [
    ...(flag ? [{ text: `${flag.value} (${flag.source})`, decides: flag.decides }] : []),
    ...(parameters
      ? [
          {
            text: `parameters ${printableJson(parameters.values)} (${parameters.source})`,
            decides: parameters.decides,
          },
        ]
      : []),
  ].map(({ text, decides }) => (decides ? colours.bold(`${printable(text)} ← decides`) : printable(text)));
  return `${what.padEnd(widest)}  ${words.join(', ') || colours.dim('says nothing')}`;
}

function exemptionLines({ exemptions, tagRule, resource }: Explanation): string[] {
  return [
    ...exemptions.map(({ exemption, over }) =>
      printable(over ? `Ended: ${exemptionSentence(exemption)}` : exemptionSentence(exemption)),
    ),
    ...(exemptions.length === 0
      ? [resource ? 'No exemption of the policy matches.' : 'The policy exempts nothing there.']
      : []),
    tagRule
      ? printable(
          `The tag staunch:exempt-until may exempt it for ${tagRule.maximumDays} days at most (${tagRule.source}); only a look at the resource tells whether it has the tag now.`,
        )
      : 'Tags exempt nothing there.',
  ];
}

function exemptionSentence({ resource, expires, source, owner, reason }: Exemption): string {
  return `The policy exempts ${resource} until ${expires} (${source}), for ${owner}: ${reason}`;
}

function ledgerLines({ record, noLedger, placeNames }: Explanation): string[] {
  if (record === undefined)
    return [
      noLedger === undefined
        ? 'There is no finding of it. What follows would become of it if it were dangerous.'
        : printable(noLedger),
    ];
  const { state, at, reason } = record;
  return [
    said(
      `Occurrence ${record.occurrence} is ${states[state].title} since ${utc(at)}. ${reason ?? states[state].meaning}`,
      placeNames,
    ),
  ];
}

/** What comes after the question that decided is not asked any more; it may hold the fix another time. */
function traceLines(trace: readonly TraceStep[], names: PlaceNames, colours: Colors): string[] {
  const widest = Math.max(...Object.values(questions).map(({ length }) => length));
  const decided = trace.findIndex(({ decides }) => decides);
  return trace.map(({ asked, answer, decides }, index) => {
    const line = `${questions[asked].padEnd(widest)}  ${said(answer, names)}`;
    if (decides) return `${colours.bold(line)} ${colours.bold('← decides')}`;
    return decided >= 0 && index > decided ? colours.dim(line) : line;
  });
}
