import { ResourceInputError } from '../../../core/errors';
import type { Change } from '../../../core/plan';
import type { UndoPlan } from '../../../resources/kit/undo';
import { changeOf } from '../../../resources/security-group/changes';
import type { IngressRule } from '../../../resources/security-group/ingress-rule';
import { planUndo } from '../../../resources/security-group/undo';
import { changed, meaningOf, type SavedGroup, saved, tcp } from '../../controls/support/saved-groups';
import { line } from '../../controls/support/security-groups';

const revoke = (rule: IngressRule): Change => changeOf('revoke', rule, 'Close it.');
const authorize = (rule: IngressRule): Change => changeOf('authorize', rule, 'Keep it open.');
const changesOf = (plan: UndoPlan): readonly Change[] => {
  if (plan.kind === 'undo') return plan.changes;
  throw new Error(plan.differences.join(' '));
};
const lines = (plan: UndoPlan) => changesOf(plan).map((change) => line(change as never));
const differences = (plan: UndoPlan) => (plan.kind === 'changed' ? plan.differences : []);

const tags = [{ Key: 'owner', Value: 'ops' }];
const whole = tcp([20, 25], '0.0.0.0/0', { description: 'shop', tags });
const below = tcp([20, 21], '0.0.0.0/0', { description: 'shop', tags });
const above = tcp([23, 25], '0.0.0.0/0', { description: 'shop', tags });
const web = tcp(443, '0.0.0.0/0', { description: 'web' });
const office = tcp(22, '198.51.100.7/32', { description: 'office' });
const reference: IngressRule = { protocol: '-1', source: { kind: 'group', groupId: 'sg-2', userId: '1' } };

/** A fix that split one rule in two, beside three that it left alone. */
const before = saved(whole, web, office, reference);
const fix = [authorize(below), authorize(above), revoke(whole)];
const after = changed(before, fix);
const history = { steps: [{ before, changes: fix }], after } as const;

describe('the undo of a fix of a security group', () => {
  it('opens what was closed, with description and tags, before it closes what was added', () => {
    expect(planUndo(history, after)).toEqual({
      kind: 'undo',
      changes: [
        {
          action: 'authorize',
          text: 'Open tcp 20-25 from 0.0.0.0/0 again.',
          protocol: 'tcp',
          fromPort: 20,
          toPort: 25,
          cidr: '0.0.0.0/0',
          description: 'shop',
          tags,
        },
        expect.objectContaining({ action: 'revoke', fromPort: 20, toPort: 21, cidr: '0.0.0.0/0' }),
        expect.objectContaining({
          action: 'revoke',
          text: 'Close tcp 23-25 from 0.0.0.0/0, which the fix added.',
        }),
      ],
    });
  });

  it.each([
    ['nothing, when the group is as it was', before, []],
    [
      'only what is left to do, after half of it',
      changed(after, [authorize(whole)]),
      ['revoke tcp 20-21 0.0.0.0/0', 'revoke tcp 23-25 0.0.0.0/0'],
    ],
    [
      'what is left to do, when all is open again and one of the added rules is gone',
      changed(after, [authorize(whole), revoke(below)]),
      ['revoke tcp 23-25 0.0.0.0/0'],
    ],
    [
      'only what it added, when somebody else opened again what it closed',
      changed(after, [authorize({ ...whole })]),
      ['revoke tcp 20-21 0.0.0.0/0', 'revoke tcp 23-25 0.0.0.0/0'],
    ],
  ])('changes %s', (_name, now, expected) => {
    expect(lines(planUndo(history, now))).toEqual(expected);
  });

  it('reads a state whose keys and rules stand in another order, and whose rules have other ids', () => {
    const now = {
      ingressRules: changed(saved(), fix.slice(0, 2))
        .ingressRules.concat(saved(reference, office, web).ingressRules)
        .map((rule) => Object.fromEntries(Object.entries(rule).reverse())),
    };

    expect(lines(planUndo(history, now))).toHaveLength(3);
  });

  it('works from what the fix meant to leave behind, when nobody heard how it ended', () => {
    const unconfirmed = { steps: history.steps };

    expect(lines(planUndo(unconfirmed, after))).toHaveLength(3);
    expect(lines(planUndo(unconfirmed, changed(before, fix.slice(0, 1))))).toEqual([
      'revoke tcp 20-21 0.0.0.0/0',
    ]);
    const renamed = changed(after, [revoke(below), authorize({ ...below, description: 'mine' })]);
    expect(differences(planUndo({ steps: [{ before, changes: fix, made: fix }] }, renamed))).toEqual([
      'tcp 20-21 from 0.0.0.0/0 has another description since.',
    ]);
  });

  it('does not miss a rule of which nobody knows that the fix added it', () => {
    const [addBelow, addAbove, close] = fix as [Change, Change, Change];
    const left = changed(before, [addAbove, close]);
    const unsure = { before, changes: fix, made: [addAbove, close], unsure: true } as const;

    expect(lines(planUndo({ steps: [unsure], after: left }, left))).toEqual([
      'authorize tcp 20-25 0.0.0.0/0',
      'revoke tcp 23-25 0.0.0.0/0',
    ]);
    expect(differences(planUndo({ steps: [unsure], after }, left))).toEqual([
      'tcp 20-21 from 0.0.0.0/0 was removed since.',
    ]);
    expect(differences(planUndo({ steps: [{ ...unsure, made: [addBelow] }] }, left))).toEqual([
      'tcp 20-21 from 0.0.0.0/0 was removed since.',
    ]);
  });

  it('goes back to what was there before the first of several steps', () => {
    const half = changed(before, fix.slice(0, 1));
    const rest = fix.slice(1);
    const steps = [
      { before, changes: fix },
      { before: half, changes: rest },
    ] as const;

    expect(meaningOf(changed(after, changesOf(planUndo({ steps, after }, after))))).toEqual(
      meaningOf(before),
    );
  });

  it('gives a rule back with the words that it had when it was taken', () => {
    const renamed = { ...whole, description: 'old shop' };
    const meanwhile = saved(renamed, web, office, reference);
    const steps = [
      { before, changes: fix },
      { before: meanwhile, changes: fix },
    ] as const;
    const left = changed(meanwhile, fix);

    expect(changesOf(planUndo({ steps, after: left }, left))[0]).toMatchObject({
      action: 'authorize',
      description: 'old shop',
    });
  });

  it('leaves a rule that the fix was to add and that was there before', () => {
    const had = saved(whole, below, web);
    const steps = [{ before: had, changes: fix }] as const;

    expect(lines(planUndo({ steps, after: changed(had, fix) }, changed(had, fix)))).toEqual([
      'authorize tcp 20-25 0.0.0.0/0',
      'revoke tcp 23-25 0.0.0.0/0',
    ]);
  });

  it('leaves a rule that the fix was to add and that somebody else added first, in other words', () => {
    const theirs = saved(whole, tcp([20, 21], '0.0.0.0/0', { description: 'theirs' }), web);
    const rest = [authorize(above), revoke(whole)];
    const steps = [
      { before: saved(whole, web), changes: fix },
      { before: theirs, changes: rest },
    ] as const;
    const left = changed(theirs, rest);

    expect(lines(planUndo({ steps, after: left }, left))).toEqual([
      'authorize tcp 20-25 0.0.0.0/0',
      'revoke tcp 23-25 0.0.0.0/0',
    ]);
  });

  describe('after an attempt of which AWS confirmed only a part', () => {
    const database = tcp(3306, '0.0.0.0/0', { description: 'database' });
    const both = [revoke(web), revoke(database)];
    const closed = (made: Change[], more: object = {}) =>
      planUndo(
        {
          steps: [
            { before: saved(web, database), changes: both, made, ...more },
            { before: saved(web), changes: [revoke(web)], made: [revoke(web)] },
          ],
          after: saved(),
        },
        saved(),
      );

    it('does not open what its owner closed after a denied attempt', () => {
      expect(lines(closed([]))).toEqual(['authorize tcp 443-443 0.0.0.0/0']);
    });

    it('opens what AWS confirmed, and what may have been made without an answer', () => {
      expect(lines(closed([revoke(database)]))).toHaveLength(2);
      expect(lines(closed([], { unsure: true }))).toHaveLength(2);
    });

    it('does not open what a default VPC passed over', () => {
      const step = { before: saved(web, database), changes: both, made: [revoke(web)] };

      expect(lines(planUndo({ steps: [step], after: saved() }, saved()))).toEqual([
        'authorize tcp 443-443 0.0.0.0/0',
      ]);
    });

    it('does not close what its owner opened after a denied attempt, in the very same words', () => {
      const met = saved(whole, above);
      const made = [authorize(below), revoke(whole)];
      const steps = [
        { before: saved(whole), changes: fix, made: [] },
        { before: met, changes: made, made },
      ] as const;
      const left = changed(met, made);

      expect(lines(planUndo({ steps, after: left }, left))).toEqual([
        'authorize tcp 20-25 0.0.0.0/0',
        'revoke tcp 20-21 0.0.0.0/0',
      ]);
    });
  });

  it('opens what was revoked though the saved state does not show it', () => {
    const torn = { steps: [{ before: saved(), changes: [revoke(web)] }], after: saved() } as const;

    expect(changesOf(planUndo(torn, saved()))).toMatchObject([{ action: 'authorize', description: 'web' }]);
  });

  it.each([
    ['a rule that was added', saved(below, web, office, reference)],
    [
      'the tags of the rules that were added',
      saved({ ...below, tags: [] }, { ...above, tags: [] }, web, office, reference),
    ],
  ])('minds no reading after the fix that did not show %s yet', (_what, stale) => {
    expect(lines(planUndo({ ...history, after: stale }, after))).toHaveLength(3);
  });

  const more = authorize(tcp(8443, '10.0.0.0/8'));
  const unreferenced = ({ ingressRules, ...state }: SavedGroup): SavedGroup => ({
    ...state,
    ingressRules: ingressRules.filter(({ ReferencedGroupInfo }) => ReferencedGroupInfo === undefined),
  });

  it.each<[string, (state: SavedGroup) => SavedGroup]>([
    ['a rule more', (state) => changed(state, [more])],
    ['a rule less', (state) => changed(state, [revoke(web)])],
    [
      'another description',
      (state) => changed(state, [revoke(web), authorize({ ...web, description: 'shop' })]),
    ],
    ['no reference to a group', unreferenced],
    ['all of these', (state) => unreferenced(changed(state, [more, revoke(web)]))],
  ])('leaves what others changed of rules that the fix did not touch: %s', (_what, since) => {
    const now = since(after);
    const back = changed(now, changesOf(planUndo(history, now)));

    expect(meaningOf(back)).toEqual(meaningOf(since(before)));
    expect(changesOf(planUndo(history, back))).toEqual([]);
  });

  it.each([
    ['tcp 20-21 from 0.0.0.0/0 was removed since.', changed(after, [revoke(below)])],
    [
      'tcp 20-21 from 0.0.0.0/0 has another description since.',
      changed(after, [revoke(below), authorize({ ...below, description: 'mine' })]),
    ],
    [
      'tcp 20-21 from 0.0.0.0/0 has other tags since.',
      changed(after, [revoke(below), authorize({ ...below, tags: [{ Key: 'owner', Value: 'me' }] })]),
    ],
    [
      'tcp 20-25 from 0.0.0.0/0 was added since.',
      changed(after, [authorize({ ...whole, description: 'mine' })]),
    ],
  ])('is refused, and says: %s', (sentence, now) => {
    const beside = changed(now, [revoke(web), authorize(tcp(8443, '10.0.0.0/8'))]);

    for (const one of [now, beside]) {
      expect(planUndo(history, one)).toEqual({ kind: 'changed', differences: [sentence] });
    }
  });

  it('names every difference', () => {
    const words = { description: 'mine' };
    const now = changed(after, [
      ...[below, above].map(revoke),
      ...[whole, below].map((rule) => authorize({ ...rule, ...words })),
    ]);

    expect(differences(planUndo(history, now))).toHaveLength(2);
    expect(differences(planUndo(history, changed(after, [below, above].map(revoke))))).toHaveLength(2);
  });

  it('does not mind the tags of a rule that the fix left alone, nor those that AWS sets itself', () => {
    const tagged = saved(
      { ...below, tags: [{ Key: 'aws:cloudformation:stack-id', Value: '1' }, ...tags] },
      above,
      { ...web, tags },
      office,
      reference,
    );

    expect(lines(planUndo(history, tagged))).toHaveLength(3);
  });

  it.each([
    ['no rules', { groupId: 'sg-1' }],
    ['a rule without a source', { ingressRules: [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1 }] }],
    ['nothing', null],
  ])('refuses a saved state that has %s', (_name, state) => {
    expect(() => planUndo(history, state)).toThrow(ResourceInputError);
    expect(() => planUndo({ ...history, after: state }, after)).toThrow(ResourceInputError);
  });

  it('refuses a change that is none of a rule', () => {
    const steps = [{ before, changes: [{ action: 'removeGrant', text: '' }] }] as const;

    expect(() => planUndo({ steps }, after)).toThrow(ResourceInputError);
  });
});
