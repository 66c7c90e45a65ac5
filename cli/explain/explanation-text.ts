import type { Colors } from 'picocolors/types';
import type { Step } from '../../config/resolve';
import { states } from '../../core/states';
import { holds } from '../../ledger/exemptions';
import { stopReason } from '../../ledger/stop-switch';
import { exemptionSentence, freezeSentence } from '../../operator/decision/verdict';
import type { Explanation } from '../../operator/explain/explanation';
import { minute } from '../../operator/text/minute';
import { printable } from '../../operator/text/printable';
import { printableJson } from '../printable-json';

const endings: Record<Explanation['end']['verdict'], string> = {
  fixed: 'It would be fixed.',
  reported: 'It would be reported, and nothing changed.',
  waits: 'It would wait.',
  'left alone': 'It would be left alone.',
};

/** A decision for people, step by step, what comes of it at the end. Pure. */
export function explanationText(explanation: Explanation, colours: Colors): string {
  const { account, control, resource, policyName, end } = explanation;
  const what = resource ? `${resource.resourceId} in ${resource.region}, ` : '';
  const steps: [title: string, lines: string[]][] = [
    ['Place', placeLines(explanation)],
    ['Flag and parameters, the most specific first', rulingLines(explanation, colours)],
    ['Exemptions', exemptionLines(explanation)],
    ['Stop switch', stopLines(explanation)],
    ['Freezes', [freezeLine(explanation)]],
    ['Limits', limitLines(explanation)],
    ...(resource ? [['The ledger', ledgerLines(explanation)] satisfies [string, string[]]] : []),
  ];
  const colour = {
    fixed: colours.yellow,
    reported: colours.cyan,
    waits: colours.cyan,
    'left alone': colours.green,
  };
  return [
    colours.bold(printable(`${control}: ${what}account ${account.id} (${account.name})`)),
    `By ${printable(policyName)}.`,
    ...steps.flatMap(([title, lines], index) => [
      '',
      colours.bold(`${index + 1}. ${title}`),
      ...lines.map((line) => `   ${line}`),
    ]),
    '',
    `${colour[end.verdict](endings[end.verdict])} ${printable(end.why)}`,
  ].join('\n');
}

function placeLines({ account, watched, policy, resource }: Explanation): string[] {
  const [...units] = account.unit.chain;
  return [
    printable(account.unit.path),
    printable(units.map(({ id, name }) => `${name} (${id})`).join(' < ')),
    ...(watched === undefined
      ? []
      : [
          watched
            ? 'It lies under a target: rules run there.'
            : 'It lies under none of the targets: nothing runs there.',
        ]),
    ...(resource && !policy.regions.includes(resource.region)
      ? [`${resource.region} is none of the Regions.`]
      : []),
  ];
}

function rulingLines({ ruling }: Explanation, colours: Colors): string[] {
  if ('unresolved' in ruling) return [colours.red(printable(ruling.unresolved))];
  const widest = Math.max(...ruling.steps.map(({ what }) => printable(what).length));
  return [
    ...ruling.steps.map((step) => stepLine(step, widest, colours)),
    `flag ${colours.bold(ruling.flag)}, by ${printable(ruling.decidedBy)}`,
    `parameters ${printableJson(ruling.parameters)}, by ${printable(ruling.parametersDecidedBy)}`,
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

function exemptionLines({ exemptions, tagRule, undone, resource, now }: Explanation): string[] {
  return [
    ...exemptions.map(({ exemption, over }) =>
      printable(over ? `Ended: ${exemptionSentence(exemption)}` : exemptionSentence(exemption)),
    ),
    ...(exemptions.length === 0
      ? [resource ? 'No exemption of the policy matches.' : 'The policy exempts nothing there.']
      : []),
    tagRule
      ? printable(
          `The tag staunch:exempt-until may exempt it for ${tagRule.maximumDays} days at most (${tagRule.source}); only a look at the resource tells whether it has the tag.`,
        )
      : 'Tags exempt nothing there.',
    ...(undone
      ? [
          printable(
            `${holds(undone, now) ? 'A fix was undone' : 'Ended: a fix was undone'} for ${undone.by}, until ${undone.until}: ${undone.reason}`,
          ),
        ]
      : []),
  ];
}

function stopLines({ stop, stopsAllFixes, noLedger }: Explanation): string[] {
  return [
    noLedger !== undefined
      ? printable(noLedger)
      : stop
        ? printable(`${stopReason(stop)}, since ${minute(stop.at)} UTC`)
        : 'Nothing is paused there.',
    ...stopsAllFixes.map(({ key, source, message }) =>
      printable(
        `Nothing is fixed anywhere while ${key} (${source ?? 'the policy'}) means nothing: ${message}`,
      ),
    ),
  ];
}

function freezeLine({ freeze }: Explanation): string {
  return freeze ? printable(freezeSentence(freeze)) : 'No freeze of the policy holds there now.';
}

function limitLines({ policy }: Explanation): string[] {
  const { fixesPerHour, failuresPerHour } = policy.limits;
  const { account, organization } = fixesPerHour;
  return [
    `At most ${account} fixes an hour in the account, ${organization} in the organization; what is over that waits.`,
    `After ${failuresPerHour} fixes that failed within an hour in the account, without having changed anything, further ones there wait.`,
    `Where the flag is on, a lossy plan ${policy.lossy === 'wait' ? 'waits for approval' : 'is applied like any other'}.`,
  ];
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
