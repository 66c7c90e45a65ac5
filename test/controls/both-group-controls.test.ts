import fc from 'fast-check';
import { applyChanges, type SecurityGroupChange } from '../../resources/security-group/changes';
import type { IngressRule } from '../../resources/security-group/ingress-rule';
import type { SecurityGroup } from '../../resources/security-group/model';
import { planUndo } from '../../resources/security-group/undo';
import { runsOf } from '../support/property-runs';
import { runs } from './support/arbitraries';
import {
  isProhibitedOpen,
  isTooWide,
  lines,
  missingFrom,
  prohibited,
  type Reach,
  reaches,
  reachOf,
  sources,
} from './support/group-oracle';
import { changed, meaningOf, savedOf } from './support/saved-groups';
import { planned } from './support/security-groups';
import { widePlanned } from './support/wide-open';

const ends = fc.oneof(
  fc.constantFrom(0, 1, 21, 22, 23, 24, 80, 443, 1433, 3306, 3389, 8080, 27017, 65534, 65535),
  fc.integer({ min: 0, max: 65535 }),
);
const ranges = fc
  .tuple(ends, ends)
  .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const);
const words = fc.constantFrom({}, { description: 'office' }, { tags: [{ Key: 'owner', Value: 'ops' }] });

const rule = (
  protocol: string,
  [fromPort, toPort]: readonly [number, number],
  cidr: string,
): IngressRule => ({
  protocol,
  ...(protocol === 'tcp' || protocol === 'udp' ? { fromPort, toPort } : {}),
  ...(protocol.startsWith('icmp') ? { fromPort: -1, toPort: -1 } : {}),
  source: { kind: 'cidr', cidr },
});

const names = Object.keys(sources);
const few = fc.array(
  fc
    .tuple(
      fc.constantFrom('tcp', 'tcp', 'tcp', 'udp', '-1', 'icmp', '47', '132'),
      ranges,
      fc.constantFrom(...names.slice(0, 9)),
      words,
    )
    .map(([protocol, ports, cidr, said]) => ({ ...rule(protocol, ports, cidr), ...said })),
  { maxLength: 6 },
);
/** Nothing in most groups; in some as many harmless ranges as are the internet together, or too few. */
const many = fc.oneof(
  { weight: 5, arbitrary: fc.constant<IngressRule[]>([]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('tcp', '-1'), ranges, fc.shuffledSubarray(names.slice(9), { minLength: 15 }))
      .map(([protocol, ports, cidrs]) => cidrs.map((cidr) => rule(protocol, ports, cidr))),
  },
);
const groups = fc.tuple(few, many).map(
  ([one, other]): SecurityGroup => ({
    groupId: 'sg-1',
    ingress: [...new Map([...one, ...other].map((each) => [keyOf(each), each])).values()],
  }),
);
const keyOf = ({ description: _words, tags: _tags, ...rest }: IngressRule) => JSON.stringify(rest);

/** Room for every rule that keeps something: what the quota takes is looked at elsewhere. */
const room = { rulesQuota: 1_000 };
const plans = {
  open: (group: SecurityGroup) => planned(group, room),
  wide: (group: SecurityGroup) => widePlanned(group, room),
};
type Name = keyof typeof plans;

const isHarmless = (source: string) => sources[source]?.alone === false;

/** What must not go: everything but prohibited ports of what is the internet, and ranges that are it together. */
function wronglyClosed(after: Reach, before: Reach, mayGo: (key: string) => boolean): string[] {
  const hadSum = names.slice(9).filter((name) => before.has(name)).length >= 16;
  return missingFrom(after, before).filter((key) => {
    const [source = '', protocol = '', port = ''] = key.split(' ');
    if (protocol === '132') return isHarmless(source) && !hadSum;
    const isSum = isHarmless(source) && hadSum && names.indexOf(source) >= 9;
    if (isHarmless(source) && !isSum) return true;
    return !(protocol === 'tcp' && prohibited.includes(Number(port))) && !mayGo(key);
  });
}

/** What a plan of wide-open may close: ports of the rules that it revokes, but for those to keep open. */
function losses(changes: readonly SecurityGroupChange[]): (key: string) => boolean {
  const lost = reachOf({
    ingress: changes
      .filter(({ action }) => action === 'revoke')
      .map(({ protocol, fromPort = 0, toPort = 65535, cidr = '' }) =>
        rule(protocol, [fromPort, toPort], cidr),
      ),
  });
  return (key) => {
    const [source = '', protocol = '', port = ''] = key.split(' ');
    if (protocol === 'tcp' && lines.keepOpen.includes(Number(port))) return false;
    return reaches(lost, source, protocol, Number(port));
  };
}

/** Lets the controls fix in turns until both have nothing to do. */
function fixAll(group: SecurityGroup, turns: readonly Name[]) {
  const steps: { name: Name; before: SecurityGroup; after: SecurityGroup; changes: SecurityGroupChange[] }[] =
    [];
  let now = group;
  let idle = 0;
  for (let turn = 0; idle < 2 && turn < 20; turn++) {
    const name = turns[turn % turns.length] ?? 'open';
    const { changes } = plans[name](now);
    const after = applyChanges(now, changes);
    if (changes.length > 0) steps.push({ name, before: now, after, changes });
    idle = changes.length > 0 ? 0 : idle + 1;
    now = after;
  }
  return { after: now, steps };
}

const manyRuns = { ...runs, numRuns: runsOf(1_500) };

describe('both controls on one security group', () => {
  it.each([
    ['open-ports first', ['open', 'wide']],
    ['wide-open first', ['wide', 'open']],
  ] as const)('close the prohibited ports and lose nothing else: %s', (_order, turns) => {
    const kinds = { split: 0, narrowed: 0, untouched: 0 };
    fc.assert(
      fc.property(groups, (group) => {
        const { after, steps } = fixAll(group, turns);
        const [was, is] = [reachOf(group), reachOf(after)];

        expect([isProhibitedOpen(is), isTooWide(is)]).toEqual([false, false]);
        expect(missingFrom(was, is)).toEqual([]);
        for (const step of steps) {
          const mayGo = step.name === 'wide' ? losses(step.changes) : () => false;
          expect(wronglyClosed(reachOf(step.after), reachOf(step.before), mayGo)).toEqual([]);
        }
        kinds.split += steps.some(({ name }) => name === 'open') ? 1 : 0;
        kinds.narrowed += steps.some(({ name }) => name === 'wide') ? 1 : 0;
        kinds.untouched += steps.length === 0 ? 1 : 0;
      }),
      manyRuns,
    );
    expect(Math.min(...Object.values(kinds))).toBeGreaterThan(manyRuns.numRuns / 30);
  });

  it('find exactly what the oracle finds', () => {
    fc.assert(
      fc.property(groups, (group) => {
        const reach = reachOf(group);

        expect(plans.open(group).changes.length > 0).toBe(isProhibitedOpen(reach));
        expect(plans.wide(group).changes.length > 0).toBe(isTooWide(reach));
      }),
      manyRuns,
    );
  });

  it('lose nothing of each other where both plan at the same time, however their changes interleave', () => {
    fc.assert(
      fc.property(groups, fc.infiniteStream(fc.boolean()), (group, isOpenNext) => {
        const open = [...plans.open(group).changes];
        const wide = [...plans.wide(group).changes];
        const mayGo = losses(wide);
        const mixed: SecurityGroupChange[] = [];
        while (open.length + wide.length > 0) {
          const [from, other] = isOpenNext.next().value ? [open, wide] : [wide, open];
          const change = from.shift() ?? other.shift();
          if (change) mixed.push(change);
        }
        const met = applyChanges(group, mixed);
        const { after, steps } = fixAll(met, ['open', 'wide']);
        const later = steps.filter(({ name }) => name === 'wide').map(({ changes }) => losses(changes));

        expect(wronglyClosed(reachOf(met), reachOf(group), mayGo)).toEqual([]);
        expect([isProhibitedOpen(reachOf(after)), isTooWide(reachOf(after))]).toEqual([false, false]);
        expect(
          wronglyClosed(reachOf(after), reachOf(group), (key) => mayGo(key) || later.some((may) => may(key))),
        ).toEqual([]);
      }),
      manyRuns,
    );
  });

  it('are undone one after the other, each to what it found', () => {
    fc.assert(
      fc.property(groups, fc.boolean(), (group, isOpenFirst) => {
        const { steps } = fixAll(group, isOpenFirst ? ['open', 'wide'] : ['wide', 'open']);
        for (const { before, after, changes } of steps.toReversed()) {
          const [was, left] = [savedOf(before), savedOf(after)];
          const undo = planUndo({ steps: [{ before: was, changes }], after: left }, left);
          if (undo.kind !== 'undo') throw new Error(undo.differences.join(' '));

          expect(meaningOf(changed(left, undo.changes))).toEqual(meaningOf(was));
        }
      }),
      { ...runs, numRuns: runsOf(300) },
    );
  });
});
