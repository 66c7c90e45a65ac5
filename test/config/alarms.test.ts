import { compilePolicy } from '../../config/compile';
import { parseCompiledPolicy } from '../../config/compiled';
import { parseOrganization } from '../../config/organization';
import { formatProblem, PolicyError } from '../../config/policy-error';

const organizationWith = (alarms: string) =>
  parseOrganization(
    `organization: { id: o-exampleorg1, managementAccount: "111111111111" }
hub: { account: "222222222222", region: eu-west-1${alarms} }
targets: [r-abcd]
slack: { channel: C0123456789 }
`,
    'policy.yaml',
  );

function problemsWith(alarms: string): string[] {
  try {
    organizationWith(alarms);
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.problems.map(formatProblem);
    throw error;
  }
}
const problemsOf = (subscriber: string) => problemsWith(`, alarms: [${JSON.stringify(subscriber)}]`);

describe('hub.alarms', () => {
  it('names who hears of alarms; nobody when left out', () => {
    const alarms = ['security@example.com', 'https://events.example.com/x'];
    expect(organizationWith(`, alarms: ${JSON.stringify(alarms)}`).hub.alarms).toEqual(alarms);
    expect(organizationWith('').hub).not.toHaveProperty('alarms');
  });

  it('is nothing that the hub needs at run time', () => {
    const policy = compilePolicy(organizationWith(', alarms: [security@example.com]'));
    expect(policy.hub).toEqual({ account: '222222222222', region: 'eu-west-1' });
    expect(parseCompiledPolicy(JSON.stringify(policy))).toEqual(policy);
  });

  it.each([
    'security@example.com',
    "o'neil+staunch@mail.example.co.uk",
    'https://events.example.com/integration/abc/enqueue',
    'https://events.example.com:8443/a?b=c#d',
    'https://global.sns-api.chatbot.amazonaws.com',
  ])('takes %s', (subscriber) => {
    expect(problemsOf(subscriber)).toEqual([]);
  });

  it.each([
    ['http://events.example.com', /over http anybody on the way could read it/],
    ['https://user:secret@events.example.com/x', /a URL with a user or a password is refused/],
    ['mailto:security@example.com', /without mailto:/],
    ['arn:aws:sqs:eu-west-1:222222222222:pager', /Subscribe anything else to the topic staunch-alarms/],
    ['#security', /an e-mail address, like security@example.com, or a URL that begins with https/],
    ['security@localhost', /an e-mail address/],
    ['security@example.com, ops@example.com', /an e-mail address/],
    ['https://', /an e-mail address/],
    ['https://events.example.com/a b', /an e-mail address/],
    ['', /an e-mail address/],
  ])('refuses %s, and says what would be right', (subscriber, right) => {
    expect(problemsOf(subscriber)).toEqual([expect.stringMatching(right)]);
    expect(problemsOf(subscriber)[0]).toContain('policy.yaml:2:');
  });

  it.each([
    [', alarms: []', /at least one/],
    [', alarms: security@example.com', /a list of e-mail addresses and https URLs/],
    [', alarms: [42]', /an e-mail address/],
    [', alarms: [a@example.com, a@example.com]', /stands in this list twice/],
  ])('refuses hub%s', (alarms, right) => {
    expect(problemsWith(alarms)).toEqual([expect.stringMatching(right)]);
  });
});
