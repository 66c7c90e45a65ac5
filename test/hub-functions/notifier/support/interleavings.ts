import { findingId } from '../../../../core/finding';
import type { RemediationReport } from '../../../../core/report';
import type { SlackAction } from '../../../../core/slack-action';
import type { FindingState } from '../../../../core/states';
import { actionsOn } from '../../../../hub-functions/card/buttons';
import { renderCard } from '../../../../hub-functions/card/render-card';
import type { Working } from '../../../../ledger/cards/card';
import { seeded } from '../../../support/seeded';
import { cardFacts, textsOf } from '../../card/support/cards';
import { testReport } from '../events';
import { buttonsOf } from './buttons';
import { ChannelWorld, slackPolicy } from './channel-world';
import type { Fate } from './memory-slack';

const people = ['Alice (Slack U1)', 'Bob (Slack U2)', 'aws:222222222222:role/ops'];

/** The states through which a finding may go, with who decided where somebody did. */
const lives: readonly (readonly [
  state: FindingState,
  decided?: 'approved' | 'denied' | 'exempted' | 'undone',
])[][] = [
  [['waiting'], ['held', 'approved'], ['fixed', 'approved']],
  [['waiting'], ['denied', 'denied'], ['waiting'], ['fixed', 'approved'], ['undone', 'undone']],
  [['reported'], ['exempt', 'exempted'], ['reported'], ['already-compliant']],
  [['failed'], ['failed'], ['given-up'], ['fixed']],
  [['waiting'], ['gone']],
  [
    ['fixed'],
    ['undone', 'undone'],
    ['waiting'],
    ['held', 'approved'],
    ['failed', 'approved'],
    ['fixed', 'approved'],
  ],
];

/** What a run came to; each list names what is wrong, and is empty where nothing is. */
export interface Interleaving {
  /** Buttons at rest that decide what is decided, or what is not as they say. */
  stale: string[];
  /** Buttons that are not there at rest, and should be. */
  missing: string[];
  /** Reports that no message tells of, and findings without one. */
  lost: string[];
  /** Decisions that were told, and are shown no more. */
  erased: string[];
  /** Threads in which something stands before what came earlier, without saying so. */
  disordered: string[];
  /** Clicks that won. */
  won: number;
  clicks: number;
  deaths: number;
}

/**
 * One random interleaving of reports, which come late, twice and out of order, of clicks, some of which come to nothing, and of a poster
 * that fails, is limited and dies at every call; and what is left when everything has come to rest.
 */
export async function interleaving(seed: number): Promise<Interleaving> {
  const random = seeded(seed);
  const below = (count: number) => Math.floor(random() * count);
  const of = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const storm = of([2, 20, 20, 20]);
  const world = new ChannelWorld({
    isStrict: random() < 0.3,
    policy: {
      ...slackPolicy,
      slack: {
        ...slackPolicy.slack,
        storm,
        routes: random() < 0.3 ? [{ channel: 'CROUTE00001', tags: { team: 'a' }, source: 'x:1' }] : [],
      },
    },
  });
  const result: Interleaving = {
    ...{ stale: [], missing: [], lost: [], erased: [], disordered: [] },
    ...{ won: 0, clicks: 0, deaths: 0 },
  };
  const calm = 240_000;
  const began = world.now().getTime();
  const isCalm = () => world.now().getTime() > began + calm;
  const trouble = of([0, 0.05, 0.2]);
  world.slack.fate = (): Fate => {
    if (isCalm() || random() >= trouble) return 'taken';
    const fate = of<Fate>(['limited', 'failed', 'answer lost', 'died before', 'died after']);
    if (fate.startsWith('died')) result.deaths += 1;
    return fate;
  };
  world.dies = () => {
    const dies = !isCalm() && random() < trouble / 20;
    if (dies) result.deaths += 1;
    return dies;
  };

  const all: RemediationReport[][] = Array.from({ length: 1 + below(4) }, (_, number) => {
    const finding = {
      ...testReport.finding,
      accountId: of(['222222222222', '222222222222', '333333333333']),
      resourceId: `sg-${String(number).padStart(17, '0')}`,
    };
    const life = of(lives);
    const tags = random() < 0.5 ? { team: 'a' } : {};
    let time = began + below(30_000);
    return life.slice(0, 1 + below(life.length)).map(([state, what], index) => {
      time += 1_000 + below(30_000);
      const at = new Date(time).toISOString();
      return {
        ...testReport,
        ...{ finding, state, at, tags },
        sequence: index + 1,
        reportId: `${number}#${index + 1}`,
        planDigest: String(below(2)).repeat(32),
        reason: `report ${number}#${index + 1}.`,
        ...(what && { decision: { what, by: of(people), at, reason: `because ${number}#${index + 1}` } }),
      };
    });
  });
  for (const reports of all) {
    for (const report of reports) {
      const times = random() < 0.2 ? 2 : 1;
      for (let time = 0; time < times; time += 1) {
        const after = Date.parse(report.at) - began + below(random() < 0.2 ? 40_000 : 2_000);
        const message = world.messageOf({});
        world.after(after, async () => {
          const event = { ...message, ...world.messageOf(reportOf(report)) };
          await world.take([event]);
        });
      }
    }
    const [first] = reports;
    for (let click = 0; first && click < below(5); click += 1) {
      result.clicks += 1;
      world.after(below(120_000), () => clickOn(world, first, of(people), random(), result));
    }
  }
  await world.goOn(calm + 16 * 60_000);
  judge(world, all, result);
  return result;
}

function reportOf(detail: RemediationReport) {
  return {
    ...{ id: detail.reportId, time: detail.at, region: 'eu-west-1', account: '111111111111' },
    ...{ source: 'staunch', 'detail-type': 'Staunch Remediation Report', detail },
  };
}

/** Marks a finding; some time later the work ends with no effect, or whoever works dies. */
async function clickOn(
  world: ChannelWorld,
  { finding, occurrence }: RemediationReport,
  by: string,
  chance: number,
  result: Interleaving,
): Promise<void> {
  const at = world.now();
  const work: Working = {
    what: 'approve',
    by: `${by} ${chance}`,
    at: at.toISOString(),
    until: new Date(at.getTime() + 60_000).toISOString(),
  };
  let isSettled = false;
  await untilDone(world, async () => {
    const { cards, taken } = await world.cards.working([{ finding, occurrence }], work);
    for (const { channel } of cards) world.hint(channel);
    if (!taken && cards.length > 0) result.won += 1;
    if (taken || chance < 0.3 || isSettled) return;
    isSettled = true;
    world.after(5_000 + chance * 20_000, () =>
      untilDone(world, async () => {
        const settled = await world.cards.settled([{ finding, occurrence }], work);
        for (const { channel } of settled) world.hint(channel);
      }),
    );
  });
}

/** What dies comes again from its queue. */
async function untilDone(world: ChannelWorld, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'DiedError')) throw error;
    world.revive();
    world.after(30_000, () => untilDone(world, work));
  }
}

function judge(world: ChannelWorld, all: readonly RemediationReport[][], result: Interleaving): void {
  const facts = { ...cardFacts, now: world.now() };
  const shown = world.cardsNow();
  const allowed = new Set<string>();
  for (const reports of all) {
    const last = reports.at(-1) as RemediationReport;
    const id = findingId(last.finding, last.occurrence);
    const on = shown.flatMap((card) => {
      const found = card.findings.find(({ finding, occurrence }) => findingId(finding, occurrence) === id);
      return found ? [{ card, found }] : [];
    });
    if (!on.some(({ card }) => card.channel === world.policy.slack.channel)) result.lost.push(id);
    for (const { card, found } of on) {
      if (found.report.reportId !== last.reportId) result.lost.push(`${last.reportId} on ${card.channel}`);
      for (const action of actionsOn({ ...found, report: last }, facts.now)) {
        allowed.add(`${card.cardId} ${nameOf(action)}`);
      }
      // A digest tells of states alone.
      if (card.digest !== undefined) continue;
      const first = world.slack.messages.find(
        ({ ts, channel }) => ts === card.ts && channel === card.channel,
      );
      if (!first) result.lost.push(`the message of ${id} on ${card.channel}`);
      else {
        const text = JSON.stringify(first.message);
        for (const { decision } of reports.slice(-5)) {
          if (decision && card.findings.length === 1 && !text.includes(decision.reason ?? '')) {
            result.erased.push(`${decision.what} of ${id}`);
          }
        }
        if (text !== JSON.stringify(renderCard(card, facts))) result.missing.push(`the state of ${id}`);
      }
      if (card.replies.length > 0) result.lost.push(`replies of ${id}`);
      const lines = world.slack
        .thread(card.ts ?? '')
        .filter(({ channel }) => channel === card.channel)
        .flatMap(({ message }) => textsOf(message.blocks).join('\n').split('\n• '));
      const inTime = reports.flatMap(({ reason = '', reportId }) => {
        const told = lines.findIndex((line) => line.includes(reason));
        // The first message has told the first one that came.
        if (told < 0 && reportId !== found.reports[0]) result.lost.push(`${reportId} in the thread of ${id}`);
        return told < 0 || lines[told]?.includes('told late') ? [] : [told];
      });
      if (inTime.some((told, index) => told < (inTime[index - 1] ?? -1))) {
        result.disordered.push(`${id}: ${inTime}`);
      }
    }
  }
  for (const { channel, message, ts, threadTs } of world.slack.messages) {
    for (const action of buttonsOf(message)) {
      const { card, ...rest } = action;
      if (rest.order === 'list' || rest.order === 'approve-all') continue;
      if (!allowed.has(`${card} ${nameOf(rest)}`)) {
        result.stale.push(`${nameOf(rest)} in ${channel} ${threadTs ?? ts}`);
      }
    }
  }
}

/** What a button of a finding does, in short. */
function nameOf(action: SlackAction): string {
  if (!('finding' in action)) return action.order;
  const plan = 'plan' in action ? ` ${action.plan.slice(0, 2)}` : '';
  return `${action.order}${plan} ${findingId(action.finding, action.occurrence)}`;
}
