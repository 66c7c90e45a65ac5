import type { Colors } from 'picocolors/types';
import type { Exemption } from '../../config/compiled';
import type { Step } from '../../config/resolve';
import { states } from '../../core/states';
import type { Ending } from '../../decision/foretelling';
import type { QuestionName, TraceStep } from '../../decision/question';
import type { Explanation } from '../../operator/explain/explanation';
import { minute } from '../../operator/text/minute';
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
  place: 'Open findings',
  look: 'Resource',
  undo: 'Undo',
  exemption: 'Exemption',
  tag: 'Tag',
  flag: 'Flag',
  decision: 'Decision',
  approval: 'Approval',
  loss: 'Loss',
  retry: 'Retry',
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
  const { account, control, resource, policyName, foretold } = explanation;
  const what = resource ? `${resource.resourceId} in ${resource.region}, ` : '';
  const steps: [title: string, lines: string[]][] = [
    ['Place', placeLines(explanation)],
    ['Flag and parameters, the most specific first', resolutionLines(explanation, colours)],
    ['Exemptions', exemptionLines(explanation)],
    ...(resource ? [['The ledger', ledgerLines(explanation)] satisfies [string, string[]]] : []),
    ['The decision, question by question', traceLines(foretold.trace, colours)],
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
    `${colour[ending](endings[ending])} ${printable(why)}`,
  ].join('\n');
}

function placeLines({ account }: Explanation): string[] {
  const [...units] = account.unit.chain;
  return [
    printable(account.unit.path),
    printable(units.map(({ id, name }) => `${name} (${id})`).join(' < ')),
  ];
}

function resolutionLines({ resolution }: Explanation, colours: Colors): string[] {
  if ('unresolved' in resolution) return [colours.red(printable(resolution.unresolved))];
  const widest = Math.max(...resolution.steps.map(({ what }) => printable(what).length));
  return [
    ...resolution.steps.map((step) => stepLine(step, widest, colours)),
    `flag ${colours.bold(resolution.flag)}, by ${printable(resolution.decidedBy)}`,
    `parameters ${printableJson(resolution.parameters)}, by ${printable(resolution.parametersDecidedBy)}`,
  ];
}

function stepLine({ what, flag, parameters }: Step, widest: number, colours: Colors): string {
  const said = [
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
  return `${printable(what).padEnd(widest)}  ${said.join(', ') || colours.dim('says nothing')}`;
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

function ledgerLines({ record, noLedger }: Explanation): string[] {
  if (record === undefined)
    return [
      noLedger === undefined
        ? 'There is no finding of it. What follows would become of it if it were dangerous.'
        : printable(noLedger),
    ];
  const { state, at, reason } = record;
  return [
    printable(
      `Occurrence ${record.occurrence} is ${states[state].title} since ${minute(at)} UTC. ${reason ?? states[state].meaning}`,
    ),
  ];
}

/** What comes after the question that decided is not asked any more; it may hold the fix another time. */
function traceLines(trace: readonly TraceStep[], colours: Colors): string[] {
  const widest = Math.max(...Object.values(questions).map(({ length }) => length));
  const decided = trace.findIndex(({ decides }) => decides);
  return trace.map(({ asked, answer, decides }, index) => {
    const line = `${questions[asked].padEnd(widest)}  ${printable(answer)}`;
    if (decides) return `${colours.bold(line)} ${colours.bold('← decides')}`;
    return decided >= 0 && index > decided ? colours.dim(line) : line;
  });
}
