import { problemsWith } from './support/policy';

const exemption = (resource: string) =>
  `exemptions:\n  - control: s3-public-access\n    account: legacy\n    resource: ${resource}\n    reason: r\n    owner: o\n    expires: 2027-03-01\n`;

/** The problems of a policy whose Slack section is written like this, on line 6, before a correct key. */
const withSlack = (slack: string) => problemsWith(`lossy: wait\n${slack}retention: { findings: 30d }\n`);

describe('a mistake in YAML', () => {
  it.each([
    ['an asterisk alone', '*', '9:15 not valid YAML. * begins an alias; write it in quotes: "*".'],
    [
      'an asterisk alone before a comment',
      '* # all of them',
      '9:15 not valid YAML. * begins an alias; write it in quotes: "*".',
    ],
    [
      'a pattern that begins with one',
      '*-website',
      '9:15 exemptions[0].resource: *-website is an alias in YAML; write it in quotes: "*-website".',
    ],
  ])('is told with what would be right: %s', (_what, resource, expected) => {
    expect(problemsWith(exemption(resource))).toEqual([expected]);
  });

  it('is told with what would be right: a pattern in a section on one line', () => {
    const section =
      '{ control: s3-public-access, account: a, resource: *, reason: r, owner: o, expires: 2027-03-01 }';

    expect(problemsWith(`exemptions:\n  - ${section}\n`)).toEqual([
      '7:56 not valid YAML. * begins an alias; write it in quotes: "*".',
    ]);
  });

  it.each([
    ['---\nlossy: wait\n', '6:1'],
    ['---\n', '6:1'],
    ['...\nlossy: wait\n', '7:1'],
  ])('is told with what would be right: a second document (%j)', (more, place) => {
    expect(problemsWith(more)).toEqual([
      `${place} not valid YAML for a policy: a second document begins here, and a policy is one document only. Take it out, and the --- before it.`,
    ]);
  });

  it('takes the marks of the one document', () => {
    expect(problemsWith('lossy: wait\n...\n')).toEqual([]);
  });

  it('is told once where a quote is never closed', () => {
    expect(problemsWith('autoResponse: { accounts: { "333: off } }\n')).toEqual([
      expect.stringMatching(/not valid YAML\. A quote is opened before this, and never closed\.$/),
    ]);
  });

  it('is told of a key without its colon', () => {
    expect(problemsWith('retention\n  findings: 30d\n')[0]).toContain(
      'not valid YAML. A key stands on one line, with a colon after it: "key:".',
    );
  });

  it.each([
    ['a section', 'notify: { channel: #security }\n', '7:20', '}', 'write the value in quotes: "#security".'],
    ['its first key', 'a: { b: #c, d: e }\n', '7:9', '}', 'write the value in quotes: "#c".'],
    ['a list', 'a: [b, #c]\n', '7:8', ']', 'write the value in quotes: "#c".'],
    [
      'a list in a section',
      "a: { b: 'it''s', c: [x, #d] }\n",
      '7:25',
      ']',
      'write the value in quotes: "#d".',
    ],
    ['a comment after a value', 'a: { b: c # d }\n', '7:11', '}', 'put the comment on a line of its own.'],
    ['a comment that begins a list', 'a: [ # b ]\n', '7:6', ']', 'put the comment on a line of its own.'],
  ])('is told alone where # takes the rest of the line: %s', (_what, line, place, bracket, right) => {
    expect(withSlack(line)).toEqual([
      `${place} not valid YAML. # begins a comment here, which takes the ${bracket} at its end along; ${right}`,
    ]);
  });

  it('is found at the end of the file, too', () => {
    expect(problemsWith('lossy: wait\nslack: { channel: #security }')[0]).toContain(
      'write the value in quotes: "#security".',
    );
  });

  it('is not looked for in comments of brackets that are closed', () => {
    const problems = problemsWith('retention:\n  { # [days]\n    findings: 30d # } so long\n  }\nlossy: [\n');

    expect(problems).toEqual([expect.stringContaining('11:1 not valid YAML. Flow sequence')]);
  });
});
