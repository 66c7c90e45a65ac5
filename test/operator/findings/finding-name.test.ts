import { latestOccurrences, resolveFinding, shortNames } from '../../../operator/findings/finding-name';
import { bucketRecord, recordOf } from '../records';

const group = recordOf();
const photos = bucketRecord();
const photosAgain = bucketRecord({ occurrence: 2 });
const elsewhere = bucketRecord({ identity: { resourceId: 'logs', region: 'us-east-1' } });
const sameName = bucketRecord({ identity: { resourceId: 'logs', accountId: '333333333333' } });
/** Not in the order of their occurrences: a scan has none. */
const all = [photosAgain, group, photos, elsewhere, sameName];

describe('the latest occurrences', () => {
  it('are one of each finding', () => {
    expect(latestOccurrences(all)).toEqual([photosAgain, group, elsewhere, sameName]);
  });
});

describe('FINDING', () => {
  it.each([
    ['the whole name', '222222222222#eu-west-1#s3-public-access#photos#1', photos],
    [
      'the name without the occurrence, for the latest',
      '222222222222#eu-west-1#s3-public-access#photos',
      photosAgain,
    ],
    ["the resource's id", 'sg-0123456789abcdef0', group],
    ["the resource's id, of several occurrences the latest", 'photos', photosAgain],
    ["the resource's id and an occurrence", 'photos#1', photos],
    ['a name whose middle was cut', 'sg-012345…9abcdef0', group],
    ['a longer one whose middle was cut', 'us-east-…cess#logs', elsewhere],
    ['as much of its end as it takes', 'us-east-1#s3-public-access#logs', elsewhere],
  ])('may be %s', (_, name, expected) => {
    expect(resolveFinding(name, all)).toBe(expected);
  });

  it('is refused when several are called so, and they are listed', () => {
    expect(() => resolveFinding('logs', all)).toThrow(
      [
        '2 findings are called "logs". Which of them?',
        '  222222222222#us-east-1#s3-public-access#logs#1',
        '  333333333333#eu-west-1#s3-public-access#logs#1',
      ].join('\n'),
    );
  });

  it('is refused when several are called so without their middle, or none is', () => {
    expect(() => resolveFinding('l…s', all)).toThrow('2 findings are called "l…s"');
    expect(() => resolveFinding('sg-0123456789abcdef0…sg-0123456789abcdef0', all)).toThrow(
      'There is no finding',
    );
    expect(() => resolveFinding('s…g…0', all)).toThrow('There is no finding');
  });

  it('lists ten candidates at most', () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      bucketRecord({ identity: { accountId: String(100000000000 + index) } }),
    );

    expect(() => resolveFinding('photos', many)).toThrow(
      /^12 findings[^\n]*(\n {2}\d{12}#[^\n]*){10}\n {2}… and 2 more$/,
    );
  });

  it.each([
    ['part of a name', 'sg-01234', 'sg-0123456789abcdef0#1'],
    ['a slip', 'sg-0123456789abcdef1', 'sg-0123456789abcdef0#1'],
    ['a slip in the account', '222222222223#eu-west-1#s3-public-access#photos#2', 'photos#2'],
    ['an occurrence that never was', 'photos#3', undefined],
  ])('that names none is refused, with what may have been meant by %s', (_, name, meant) => {
    expect(() => resolveFinding(name, all)).toThrow(`There is no finding "${name}".`);
    if (meant !== undefined)
      expect(() => resolveFinding(name, all)).toThrow(`Did you mean\n  222222222222#eu-west-1#`);
    if (meant !== undefined) expect(() => resolveFinding(name, all)).toThrow(meant);
  });

  it('cannot be found in an empty ledger, which is said', () => {
    expect(() => resolveFinding('photos', [])).toThrow('You see no findings at all.');
  });

  it('is not printed as it is when it holds control characters', () => {
    const name = `x${String.fromCharCode(0x1b)}[2J`;

    expect(() => resolveFinding(name, all)).toThrow('There is no finding "x".');
  });
});

describe('short names', () => {
  it('are as short as they may be', () => {
    const names = shortNames(all);

    expect(all.map((record) => names.get(record))).toEqual([
      'photos',
      'sg-0123456789abcdef0',
      'photos#1',
      'us-east-1#s3-public-access#logs',
      'eu-west-1#s3-public-access#logs',
    ]);
  });

  it('all name their finding', () => {
    // A bucket may be called by a number, and then like an occurrence.
    const awkward = [
      ...all,
      bucketRecord({ identity: { resourceId: '2' } }),
      bucketRecord({ identity: { resourceId: '1' } }),
    ];

    for (const [record, name] of shortNames(awkward)) expect(resolveFinding(name, awkward)).toBe(record);
  });
});
