import fc from 'fast-check';
import type { People, PeopleEntry } from '../../config/compiled';
import { type Actor, type AwsActor, actorOf, type SlackActor } from '../../core/actor';
import { type Right, rights } from '../../core/right';
import { allRights, mayOrder, mayView, type OrderRuling } from '../../decision/people';
import type { Ordered } from '../../decision/people-places';
import { runsOf } from '../support/property-runs';
import {
  accountIds,
  actors,
  entryAnyhow,
  ownersAnyhow,
  pathOf,
  peopleAnyhow,
  placeOf,
  policyOfPeople,
  unitIds,
} from './support/people';
import { expectedOf, type Outcome } from './support/people-oracle';

const everything: readonly Ordered[] = [
  { scope: 'organization' },
  ...unitIds.map((id) => ({ scope: 'unit' as const, path: pathOf(id) })),
  ...accountIds.flatMap((id) => [
    { scope: 'account' as const, place: placeOf(id) },
    { scope: 'account' as const, place: placeOf(id), control: 's3-public-access' },
  ]),
];

function outcomeOf(ruling: OrderRuling): Outcome {
  if (!ruling.allowed) return 'refused';
  if (ruling.breakGlass) return 'glass';
  return ruling.needsSecondPerson ? 'two' : 'allowed';
}

const source = 'policy.yaml:6';
const entry = (said: Omit<PeopleEntry, 'source'>): PeopleEntry => ({ ...said, source });
const policyWithEntries = (entries: PeopleEntry[], more: Partial<People> = {}) =>
  policyOfPeople({ entries, twoPersons: [], ...more });

const owner: AwsActor = { kind: 'aws', account: '333333333333', type: 'role', name: 'Owners', session: 'x' };
const responder: AwsActor = { ...owner, account: '222222222222', name: 'responders' };
const isResponder = { role: { account: '222222222222', name: 'responders' } };
const alice: AwsActor = {
  ...owner,
  name: 'AWSReservedSSO_Team_0123456789abcdef',
  session: 'alice@example.com',
};
const isAlice = { person: { permissionSet: 'Team', email: 'alice@example.com', account: '333333333333' } };
const payments: Ordered = { scope: 'account', place: placeOf('333333333333'), control: 's3-public-access' };
const web: Ordered = { scope: 'account', place: placeOf('444444444444'), control: 's3-public-access' };

describe('who may what, in many policies', () => {
  const policies = fc.sample(peopleAnyhow, { seed: 20261127, numRuns: 1_000 }).map(policyOfPeople);

  it('is what a judge of another kind says, of everybody, every right and every place', () => {
    const seen: Record<Outcome, number> = { allowed: 0, two: 0, glass: 0, refused: 0 };
    const differences: unknown[] = [];
    for (const [number, policy] of policies.entries()) {
      // A third of the places in each, in turn: each is asked about in a third of the policies.
      const places = everything.filter((_place, index) => (number + index) % 3 === 0);
      for (const actor of actors) {
        for (const right of rights) {
          for (const ordered of places) {
            const expected = expectedOf(actor, right, ordered, policy);
            const outcome = outcomeOf(mayOrder(actor, right, ordered, policy));
            seen[expected]++;
            if (outcome !== expected)
              differences.push({ actor, right, ordered, people: policy.people, outcome, expected });
          }
        }
      }
    }
    expect(differences.slice(0, 3)).toEqual([]);
    // Each outcome is met often.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(policies.length / 2);
  });

  it('is what everybody is shown of it', () => {
    const ofControls = accountIds.flatMap((id) =>
      ['s3-public-access', 'sqs-public-policy'].map((control) => ({
        scope: 'account' as const,
        place: placeOf(id),
        control,
      })),
    );
    const differences: unknown[] = [];
    for (const policy of policies.slice(0, policies.length / 5)) {
      // Owners may be named for places that their account is not in: then they are shown under which condition they may.
      const hasOwners = policy.people?.entries.some(({ who }) => who.some((one) => 'owners' in one)) === true;
      for (const actor of actors) {
        const shown = new Set(allRights(actor, policy).map(({ right }) => right));
        for (const right of rights) {
          const isForAll = right === 'preview' || right === 'limits';
          const places = isForAll ? everything.slice(0, 1) : [...everything, ...ofControls];
          const may = places.some((ordered) => mayOrder(actor, right, ordered, policy).allowed);
          const fits = may ? shown.has(right) : hasOwners || !shown.has(right);
          if (!fits) differences.push({ actor, right, may, people: policy.people });
        }
      }
    }
    expect(differences.slice(0, 3)).toEqual([]);
  });
});

describe('owners', () => {
  it('cross into no other account, unit or the organization in many attempts', () => {
    const attempt = fc.record({
      entries: fc.array(entryAnyhow(ownersAnyhow), { minLength: 1, maxLength: 4 }),
      account: fc.constantFrom(...accountIds),
      name: fc.constantFrom('Owners', 'Other'),
      session: fc.oneof(
        fc.constantFrom('alice@example.com', '444444444444', 'root', 'Owners'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 64 }).filter((text) => !text.includes('/')),
      ),
      right: fc.constantFrom(...rights),
      ordered: fc.constantFrom(...everything),
    });
    let own = 0;
    fc.assert(
      fc.property(attempt, ({ entries, account, name, session, right, ordered }) => {
        const actor = actorOf({
          accountId: account,
          userArn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
          caller: `AROAEXAMPLE:${session}`,
        });
        if (!actor) throw new Error('A session is understood, whatever its name.');
        const isOwn = ordered.scope === 'account' && ordered.place.accountId === account;
        const { allowed } = mayOrder(actor, right, ordered, policyWithEntries(entries));
        if (allowed) own++;
        expect(allowed && !isOwn).toBe(false);
      }),
      { seed: 20261127, numRuns: runsOf(2_500) },
    );
    expect(own).toBeGreaterThan(4);
  });

  it('see the findings of their own account, and no others', () => {
    const policy = policyWithEntries([entry({ who: [{ owners: 'Owners' }], may: ['view'] })]);
    expect(mayView(owner, placeOf('333333333333'), 's3-public-access', policy)).toBe(true);
    expect(mayView(owner, placeOf('444444444444'), 's3-public-access', policy)).toBe(false);
  });
});

describe('whoever is not named', () => {
  it('may nothing, also in the hub, once somebody is', () => {
    const policy = policyWithEntries([entry({ who: [isResponder], may: ['pause'] })]);
    const root: Actor = { kind: 'aws', account: '222222222222', type: 'root', name: 'root' };
    for (const right of rights) {
      expect(mayOrder(root, right, { scope: 'organization' }, policy).allowed).toBe(false);
    }
  });

  it.each<[string, Partial<AwsActor>]>([
    ['another account', { account: '333333333333' }],
    ['another name', { name: 'Responders' }],
    ['a user', { type: 'user' }],
  ])('is one of %s', (_what, other) => {
    const policy = policyWithEntries([entry({ who: [isResponder], may: ['pause'] })]);
    expect(mayOrder(responder, 'pause', payments, policy).allowed).toBe(true);
    expect(mayOrder({ ...responder, ...other }, 'pause', payments, policy).allowed).toBe(false);
  });

  it.each<[string, Partial<AwsActor>]>([
    ['another session', { session: 'bob@example.com' }],
    ['the name written otherwise', { session: 'Alice@example.com' }],
    ['another permission set', { name: 'AWSReservedSSO_Guests_0123456789abcdef' }],
    ['a role that only looks like one', { name: 'Team' }],
    [
      'a session of another account, whose administrator may name it as he likes',
      { account: '444444444444' },
    ],
  ])('is no person by %s', (_what, other) => {
    const policy = policyWithEntries([entry({ who: [isAlice], may: ['approve'] })]);
    expect(mayOrder(alice, 'approve', payments, policy).allowed).toBe(true);
    expect(mayOrder({ ...alice, ...other }, 'approve', payments, policy).allowed).toBe(false);
  });

  it('is told what would allow it, and how near the policy comes', () => {
    const policy = policyWithEntries([
      entry({ who: [{ owners: 'Owners' }], may: ['view', 'approve'] }),
      entry({ who: [{ owners: 'Other' }], may: ['undo'] }),
    ]);
    const said = (right: Right, ordered: Ordered) => mayOrder(owner, right, ordered, policy);
    expect(said('undo', payments)).toEqual({
      allowed: false,
      wouldAllow:
        'role Owners of account 333333333333 (calls itself "x") may not undo here. It takes an entry of people in the policy that names role Owners of account 333333333333, has undo in may, and counts for account 333333333333, findings of s3-public-access. The entry at policy.yaml:6 has view, approve only.',
    });
    expect(said('approve', web)).toMatchObject({
      wouldAllow: expect.stringMatching(/The entry at policy.yaml:6 counts for account 333333333333 only\.$/),
    });
  });

  it('is told harmlessly, whatever the session is named', () => {
    const session = '\u001b[2J\n<!channel>\u202e"';
    const ruling = mayOrder({ ...owner, session }, 'undo', payments, policyWithEntries([]));
    expect(ruling.allowed).toBe(false);
    expect('wouldAllow' in ruling && ruling.wouldAllow).toMatch(/^[ -~]+$/);
  });
});

describe('a user of Slack', () => {
  const inSlack: SlackActor = { kind: 'slack', team: 'T0123456789', user: 'U0ALICE0001', groups: [] };
  const ofTwo = policyWithEntries([
    entry({ who: [{ slackUser: 'U0ALICE0001' }], may: ['approve'], where: { accounts: ['payments'] } }),
    entry({ who: [{ slackGroup: 'S0SECURITY1' }], may: ['undo'] }),
  ]);
  const may = (actor: Actor, right: Right, ordered: Ordered, policy = ofTwo) =>
    mayOrder(actor, right, ordered, policy).allowed;

  it('may what the policy says of the id, and there alone', () => {
    expect(may(inSlack, 'approve', payments)).toBe(true);
    expect(may(inSlack, 'approve', web)).toBe(false);
    expect(may({ ...inSlack, user: 'U0BOB00001' }, 'approve', payments)).toBe(false);
  });

  it('may what a user group may, as long as the user is in it', () => {
    const member = { ...inSlack, user: 'U0BOB00001', groups: ['S0SECURITY1'] };
    expect(may(member, 'undo', web)).toBe(true);
    expect(may({ ...member, groups: [] }, 'undo', web)).toBe(false);
    expect(may({ ...member, groups: ['S0OTHERS001'] }, 'undo', web)).toBe(false);
  });

  it('of another workspace is nobody, and so is everybody where the policy names no workspace', () => {
    expect(may({ ...inSlack, team: 'T9999999999' }, 'approve', payments)).toBe(false);
    const { team: _team, ...slack } = ofTwo.slack;
    expect(may(inSlack, 'approve', payments, { ...ofTwo, slack })).toBe(false);
  });

  it('is nobody by an e-mail address: only by the ids that Slack has signed', () => {
    const policy = policyWithEntries([entry({ who: [isAlice], may: ['approve'] })]);
    expect(may({ ...inSlack, email: 'alice@example.com' }, 'approve', payments, policy)).toBe(false);
  });

  it('is told what would allow it, harmlessly', () => {
    const named = { ...inSlack, user: 'U0BOB00001', name: '<!channel> \u202e' };
    expect(mayOrder(named, 'undo', payments, ofTwo)).toEqual({
      allowed: false,
      wouldAllow:
        '<!channel> \\u{202e} (Slack U0BOB00001) may not undo here. It takes an entry of people in the policy that names Slack user U0BOB00001, or a user group of theirs, has undo in may, and counts for account 333333333333, findings of s3-public-access.',
    });
  });
});

describe('two persons', () => {
  it('are asked for what the policy says, of whoever is allowed', () => {
    const policy = policyWithEntries([entry({ who: [isAlice], may: ['undo', 'approve'] })], {
      twoPersons: ['undo'],
    });
    expect(mayOrder(alice, 'undo', payments, policy)).toMatchObject({
      allowed: true,
      needsSecondPerson: true,
    });
    expect(mayOrder(alice, 'approve', payments, policy)).not.toHaveProperty('needsSecondPerson');
    expect(allRights(alice, policy)).toEqual([
      { right: 'approve', where: 'the whole organization', source },
      { right: 'undo', where: 'the whole organization', source, needsSecondPerson: true },
    ]);
  });
});

describe('break-glass', () => {
  const policy = policyWithEntries([entry({ who: [isAlice], may: ['undo'] })], {
    twoPersons: ['undo'],
    breakGlass: { who: [isResponder], source: 'policy.yaml:12' },
  });

  it('allows to see, approve and undo anything, without a second person, and nothing else', () => {
    expect(mayOrder(responder, 'undo', web, policy)).toEqual({
      allowed: true,
      because: 'Break-glass: role responders of account 222222222222 may undo anything (policy.yaml:12).',
      breakGlass: true,
    });
    for (const right of rights) {
      const { allowed } = mayOrder(responder, right, web, policy);
      expect({ right, allowed }).toEqual({ right, allowed: ['view', 'approve', 'undo'].includes(right) });
    }
  });

  it('holds also where the place of an account is not known', () => {
    const lost: Ordered = { scope: 'account', place: { accountId: '333333333333', path: [] } };
    expect(mayOrder(responder, 'undo', lost, policy).allowed).toBe(true);
  });

  it('is not taken by who may without it', () => {
    const both = policyWithEntries([entry({ who: [isResponder], may: ['approve'] })], {
      breakGlass: { who: [isResponder], source: 'policy.yaml:12' },
    });
    expect(mayOrder(responder, 'approve', web, both)).not.toHaveProperty('breakGlass');
  });
});

describe('what cannot be located', () => {
  const named = policyWithEntries([
    entry({ who: [isResponder], may: ['pause'] }),
    entry({
      who: [isAlice],
      may: ['view'],
      where: { accounts: ['payments'], organizationalUnits: ['/Workloads'] },
    }),
  ]);

  it.each<[string, Ordered]>([
    ['an account at no known place', { scope: 'account', place: { ...placeOf('333333333333'), path: [] } }],
    [
      'an account whose name two have',
      { scope: 'account', place: { ...placeOf('333333333333'), sameName: 2 } },
    ],
    ['a unit at no known place', { scope: 'unit', path: pathOf('ou-abcd-workprod').slice(0, 1) }],
    ['no unit', { scope: 'unit', path: [] }],
    ['units without names', { scope: 'unit', path: pathOf('ou-abcd-workprod').map(({ id }) => ({ id })) }],
  ])('is refused: %s', (_what, ordered) => {
    expect(mayOrder(responder, 'pause', ordered, named)).toEqual({
      allowed: false,
      wouldAllow: expect.stringMatching(/^Who may what there cannot be told: /),
    });
  });

  it('is whatever bears a name that means something else', () => {
    const bound = { accounts: { payments: '444444444444' }, units: { '/Workloads': 'ou-abcd-sandbox0' } };
    const view = (id: string) => mayView(alice, { ...placeOf(id), bound }, 's3-public-access', named);
    expect(accountIds.filter(view)).toEqual(['444444444444', '555555555555']);
  });

  it('is a unit, too, that bears the path of another', () => {
    const bound = { accounts: {}, units: { '/Workloads': 'ou-abcd-sandbox0' } };
    const policy = policyWithEntries([
      entry({ who: [isResponder], may: ['pause'], where: { organizationalUnits: ['/Workloads'] } }),
    ]);
    const may = (id: string) =>
      mayOrder(responder, 'pause', { scope: 'unit', path: pathOf(id), bound }, policy).allowed;
    expect(unitIds.filter(may)).toEqual(['ou-abcd-sandbox0']);
  });
});

describe('what somebody is shown of the rights', () => {
  it('is nothing for a stranger, and for the hub what holds without people', () => {
    expect(allRights(owner, policyOfPeople(undefined))).toEqual([]);
    expect(allRights(responder, policyOfPeople(undefined))).toEqual([
      { right: 'preview', where: 'the whole organization', source: 'the policy has no people' },
      { right: 'pause', where: 'the whole organization', source: 'the policy has no people' },
    ]);
  });

  it('is where an entry counts, without what it can never allow', () => {
    const where = {
      organizationalUnits: ['/Workloads'],
      accounts: ['trial'],
      controls: ['s3-public-access'],
    };
    const policy = policyWithEntries([
      entry({ who: [{ owners: 'Owners' }], may: ['preview', 'pause', 'approve'], where }),
    ]);
    expect(allRights(owner, policy)).toEqual([
      {
        right: 'approve',
        where:
          'account 333333333333, if it is or lies in /Workloads, account trial, findings of s3-public-access',
        source,
      },
    ]);
  });

  it('has break-glass last', () => {
    const policy = policyWithEntries([], { breakGlass: { who: [isResponder], source: 'policy.yaml:12' } });
    expect(allRights(responder, policy).filter(({ breakGlass }) => breakGlass)).toEqual([
      { right: 'approve', where: 'the whole organization', source: 'policy.yaml:12', breakGlass: true },
      { right: 'undo', where: 'the whole organization', source: 'policy.yaml:12', breakGlass: true },
    ]);
  });
});
