import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { control } from '../../controls/security-group-open-ports';
import { control as wideOpen } from '../../controls/security-group-wide-open';
import { securityGroupFromApi } from '../../resources/security-group/model';
import type { AccountClients } from '../../sandbox/account-clients';
import type { Sandbox } from '../../sandbox/sandbox';
import { runs } from '../controls/support/arbitraries';
import {
  addUpToInternet,
  harmlessAt,
  hasNoRoom,
  isDangerous,
  isTooWide,
  permissionsOf,
  pointsOfInterest,
  type Rule,
  randomGroups,
  ruleOf,
  serviceOf,
  sourceOf,
  wordsAt,
  wordsOf,
} from './random-groups';
import { atOnce, lastReportOf } from './support';

/** A random group that stands, and its ingress rules before and after. */
interface Planted {
  clients: AccountClients;
  groupId: string;
  before: SecurityGroupRule[];
  after: SecurityGroupRule[];
}

let sandbox: Sandbox;
let groups: Planted[] = [];

/** Plants the groups, spread over these places, while nothing is recorded there. */
export async function plantGroups(
  into: Sandbox,
  places: readonly AccountClients[],
  count: number,
): Promise<void> {
  sandbox = into;
  const samples = fc.sample(randomGroups, { ...runs, numRuns: count });
  groups = await atOnce(
    samples.map((group, index) => async () => {
      const clients = places[index % places.length] as AccountClients;
      const groupId = await plant(group, clients, index);
      const before = await ingressRules(clients, groupId);
      return { clients, groupId, before, after: before };
    }),
  );
}

/** Reads the groups again, once everything is settled. */
export async function readGroups(): Promise<void> {
  await atOnce(
    groups.map((group) => async () => {
      group.after = await ingressRules(group.clients, group.groupId);
    }),
  );
}

/** Returns the group's id. */
async function plant(rules: readonly Rule[], { ec2 }: AccountClients, index: number): Promise<string> {
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: `random-${index}`, Description: 'Random' }),
  );
  // A call gives all its rules the same tags.
  for (const Tags of new Set(rules.map(({ tags }) => tags))) {
    const tagged = rules.filter(({ tags }) => tags === Tags);
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: permissionsOf(tagged, GroupId),
        ...(Tags.length > 0 && {
          TagSpecifications: [{ ResourceType: 'security-group-rule' as const, Tags }],
        }),
      }),
    );
  }
  return GroupId;
}

async function ingressRules({ ec2 }: AccountClients, groupId: string): Promise<SecurityGroupRule[]> {
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [groupId] }] }),
  );
  return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress);
}

/** What must become of a group's finding; undefined where there must be none. */
function expectedState({ before }: Planted): 'fixed' | 'waiting' | undefined {
  const rules = before.map(ruleOf);
  if (addUpToInternet(rules)) return 'waiting';
  if (rules.some(isDangerous) && hasNoRoom(rules)) return 'waiting';
  return rules.some(isDangerous) ? 'fixed' : undefined;
}

const withState = (state: 'fixed' | 'waiting' | undefined) =>
  groups.filter((group) => expectedState(group) === state);

/** Everything that can be said of a rule, in one text. */
const whole = (rule: SecurityGroupRule) => JSON.stringify(rule, Object.keys(rule).sort());
const wholes = (rules: readonly SecurityGroupRule[]) => rules.map(whole).sort();

/** Tests of the groups, after `readGroups`. */
export const testsOfGroups = () => {
  it('hold many of every kind', () => {
    expect(withState('fixed').length).toBeGreaterThan(groups.length * 0.4);
    expect(withState('waiting').length).toBeGreaterThan(groups.length * 0.02);
    expect(withState(undefined).length).toBeGreaterThan(groups.length * 0.1);
  });

  it('come out fixed, waiting for a lossy plan, or without a finding', () => {
    const wrong = groups.flatMap((group) => {
      const report = lastReportOf(sandbox, group.groupId, control.id);
      const isRight =
        report?.state === expectedState(group) && (report?.state !== 'waiting' || report.plan?.lossy);
      return isRight ? [] : [{ expected: expectedState(group), report, rules: group.before.map(ruleOf) }];
    });

    expect(wrong).toEqual([]);
  });

  it('wait for the other control where too many ports are open, and only there', () => {
    const wrong = groups.flatMap(({ groupId, before, after }) => {
      const report = lastReportOf(sandbox, groupId, wideOpen.id);
      const [old, now] = [before.map(ruleOf), after.map(ruleOf)];
      // Where the first fix narrowed it enough, the order of the two decides whether there was a finding.
      if (isTooWide(old) && !isTooWide(now)) return [];
      const isRight = report?.state === (isTooWide(now) ? 'waiting' : undefined);
      return isRight ? [] : [{ report, now }];
    });

    expect(wrong).toEqual([]);
    expect(groups.filter(({ after }) => isTooWide(after.map(ruleOf))).length).toBeGreaterThan(
      groups.length * 0.1,
    );
  });

  it('comply after the fix, by the verdict on the live group', async () => {
    const parameters = z.parse(control.parameters, {});
    const verdicts = await atOnce(
      withState('fixed').map(({ clients, groupId }) => async () => {
        const { SecurityGroups } = await clients.ec2.send(
          new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }),
        );
        return control.evaluate(securityGroupFromApi(SecurityGroups?.[0]), parameters).compliance;
      }),
    );

    expect(new Set(verdicts)).toEqual(new Set(['COMPLIANT']));
  });

  it('can be reached wherever they could be without harm, and nowhere else', () => {
    const wrong = withState('fixed').flatMap(({ groupId, before, after }) => {
      const [old, now] = [before.map(ruleOf), after.map(ruleOf)];
      return pointsOfInterest([...old, ...now]).flatMap((point) =>
        [...new Set([...old, ...now].map(({ source }) => source))].flatMap((source) => {
          const should = wordsAt(harmlessAt(old, point), source, point).size > 0;
          const does = wordsAt(now, source, point).size > 0;
          return should === does ? [] : [{ groupId, ...point, source, should, old, now }];
        }),
      );
    });

    expect(wrong).toEqual([]);
  });

  it('keep their descriptions and tags, also where a rule was split', () => {
    const wrong = withState('fixed').flatMap(({ groupId, before, after }) => {
      const [old, now] = [before.map(ruleOf), after.map(ruleOf)];
      return now.flatMap((rule) => {
        const points = pointsOfInterest([rule]).filter(
          ({ protocol, port }) => protocol === rule.protocol && rule.from <= port && port <= rule.to,
        );
        const isTold = points.every((point) => wordsAt(old, rule.source, point).has(wordsOf(rule)));
        return isTold ? [] : [{ groupId, rule, old }];
      });
    });

    expect(wrong).toEqual([]);
  });

  it('keep every harmless rule itself, with its id, its description and its tags', () => {
    const wrong = withState('fixed').flatMap(({ groupId, before, after }) => {
      const left = new Set(after.map(whole));
      return before
        .filter((rule) => !isDangerous(ruleOf(rule)) && !left.has(whole(rule)))
        .map((rule) => ({ groupId, rule }));
    });

    expect(wrong).toEqual([]);
  });

  it('get new rules for what is kept of a dangerous one alone', () => {
    const added = withState('fixed').flatMap(({ before, after }) => {
      const ids = new Set(before.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId));
      return after.filter(({ SecurityGroupRuleId }) => !ids.has(SecurityGroupRuleId)).map(ruleOf);
    });

    expect(added.length).toBeGreaterThan(groups.length * 0.5);
    expect(added.filter(({ tags }) => tags.length > 0).length).toBeGreaterThan(groups.length * 0.25);
    const kept = ['tcp', 'udp', 'icmp', 'icmpv6', '47', '50', '51'];
    expect(added.filter(({ protocol }) => !kept.includes(protocol)).map(serviceOf)).toEqual([]);
    expect(added.filter(({ source }) => !sourceOf(source).isInternet)).toEqual([]);
  });

  it('are not touched where they wait, or were harmless', () => {
    const changed = [...withState('waiting'), ...withState(undefined)].filter(
      ({ before, after }) => wholes(before).join() !== wholes(after).join(),
    );

    expect(changed).toEqual([]);
  });
};
