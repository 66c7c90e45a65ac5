import type { Opener } from '../../../../core/opener';
import { boundHints } from '../../../../hub-functions/coordinator/intake/bound-hints';
import type { Hint, Hints } from '../../../../hub-functions/coordinator/intake/hint';
import { testControl, testIdentity } from '../../../support/findings';

const maria: Opener = {
  principal: 'arn:aws:iam::111111111111:user/maria',
  kind: 'IAMUser',
  at: '2026-03-01T12:00:00.000Z',
  tool: 'cli',
};
const paul = { ...maria, principal: 'arn:aws:iam::111111111111:user/paul' };

const hint = (says: Hint['says'], more: Partial<Hint> = {}): Hint => ({
  identity: testIdentity,
  control: testControl,
  says,
  detector: 'trail',
  ...more,
});
const message = (...hints: Hint[]): Hints => ({ hints, wide: [] });
const about = (resourceId: string, control = testIdentity.control) => ({
  identity: { ...testIdentity, resourceId, control },
});
const boundOf = (...messages: (Hints | undefined)[]) =>
  boundHints(messages).resources.map(({ hints }) =>
    hints.map(({ hint: { says, detector, opened, identity }, messages: from }) => ({
      ...{ says, detector, opened, control: identity.control, from },
    })),
  );

describe('what the messages of one batch say', () => {
  it('is bound for the same finding, by what weighs most', () => {
    const [[bound] = []] = boundOf(message(hint('mended')), message(hint('look')), message(hint('finding')));
    expect(bound).toMatchObject({ says: 'finding', from: [0, 1, 2] });
    expect(boundOf(message(hint('look')), message(hint('mended')))).toMatchObject([[{ says: 'look' }]]);
    expect(boundOf(message(hint('mended')), message(hint('mended')))).toMatchObject([[{ says: 'mended' }]]);
  });

  it('keeps the detector that told it first, and the first call that may have opened the resource', () => {
    const bound = boundOf(
      message(hint('look', { detector: 'patrol' })),
      message(hint('look', { opened: maria })),
      message(hint('look', { opened: paul })),
    );
    expect(bound).toMatchObject([[{ detector: 'patrol', opened: maria }]]);
  });

  it('does not take for its detector who told that it was mended', () => {
    const mended = message(hint('mended', { detector: 'rule' }));
    const bound = boundOf(mended, message(hint('look', { detector: 'trail' })));
    expect(bound).toMatchObject([[{ says: 'look', detector: 'trail' }]]);
    expect(boundOf(message(hint('look')), mended)).toMatchObject([[{ detector: 'trail' }]]);
  });

  it('puts the findings of one resource together, and keeps those of others apart', () => {
    const bound = boundOf(
      message(hint('look', about('sg-1', 'one')), hint('look', about('sg-1', 'two'))),
      message(hint('finding', about('sg-2', 'one'))),
      message(hint('finding', about('sg-1', 'two'))),
    );
    expect(bound).toMatchObject([
      [
        { control: 'one', says: 'look', from: [0] },
        { control: 'two', says: 'finding', from: [0, 2] },
      ],
      [{ control: 'one', from: [1] }],
    ]);
  });

  it('leaves out what could not be read, and counts it all the same', () => {
    expect(boundOf(undefined, message(hint('look')))).toMatchObject([[{ from: [1] }]]);
    expect(boundHints([])).toEqual({ resources: [], wide: [] });
  });

  it('asks once for a patrol of the same place and type', () => {
    const wide = { accountId: testIdentity.accountId, region: 'eu-west-1', resourceType: 'AWS::S3::Bucket' };
    const elsewhere = { ...wide, region: 'eu-central-1' };
    const messages = [wide, elsewhere, wide].map((each) => ({ hints: [], wide: [each] }));
    expect(boundHints(messages).wide).toEqual([
      { wide, messages: [0, 2] },
      { wide: elsewhere, messages: [1] },
    ]);
  });
});
