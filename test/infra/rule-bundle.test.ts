import { createRequire } from 'node:module';
import { customFacts } from '../../controls/facts';
import { bundleRuleFunction } from '../../infra/bundle';
import { doorItem, invocationEvent } from '../member-functions/rule/support';
import { AwsJsonServer } from '../support/aws-json-server';
import { CopiedProject } from './support/copied-project';

type Handler = (event: unknown) => Promise<void>;

const sources = customFacts.map((control) => ({
  control,
  parameterSets: '{"accounts":{},"others":[{}]}',
}));
/** An item of each resource type, which no control understands: it is reported all the same. */
const eventFor = ({ id, resourceType }: (typeof customFacts)[number]) =>
  invocationEvent(
    { configurationItem: doorItem({ resourceType, resourceId: 'x', configuration: null }) },
    { configRuleName: `staunch-${id}` },
  );

/** Runs a bundle with clients of the SDK that answer nothing. */
function run(code: string): { handler: Handler; loaded: Set<string> } {
  const loaded = new Set<string>();
  class Client {
    async send() {
      return { PublicAccessBlockConfiguration: {} };
    }
  }
  const require = createRequire(__filename);
  const withClients = (id: string) =>
    new Proxy(require(id), {
      get: (module, name) => (String(name).endsWith('Client') ? Client : module[name]),
    });
  const module = { exports: {} as { handler: Handler } };
  new Function('require', 'module', 'exports', code)(
    (id: string) => {
      loaded.add(id);
      return id.startsWith('@aws-sdk/') ? withClients(id) : require(id);
    },
    module,
    module.exports,
  );
  return { handler: module.exports.handler, loaded };
}

/** The types of the resources that AWS Config was told of. */
const evaluated = () =>
  aws
    .calls()
    .filter(({ operation }) => operation === 'PutEvaluations')
    .flatMap(({ input }) => (input as { Evaluations: { ComplianceResourceType: string }[] }).Evaluations)
    .map(({ ComplianceResourceType }) => ComplianceResourceType);

const aws = new AwsJsonServer();
const variables = {
  AWS_ACCESS_KEY_ID: 'AKIDTEST',
  AWS_REGION: 'eu-west-1',
  AWS_SECRET_ACCESS_KEY: 'secret',
  URL_SUFFIX: 'amazonaws.com',
  HUB_REGION: 'eu-west-1',
  REMEDIATION_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/222222222222/staunch-remediation',
};

describe('the bundle of all rules', () => {
  const before = { ...process.env };

  beforeAll(async () => {
    await aws.listen();
    Object.assign(process.env, variables, { AWS_ENDPOINT_URL: aws.endpoint });
    for (const level of ['info', 'warn', 'error'] as const)
      vi.spyOn(console, level).mockImplementation(() => {});
  });

  beforeEach(() => {
    aws.requests.length = 0;
  });

  afterAll(async () => {
    process.env = before;
    await aws.close();
  });

  it('judges for the rule of every control', async () => {
    const { handler } = run(bundleRuleFunction(sources));

    for (const facts of customFacts) await handler(eventFor(facts));

    expect(evaluated()).toEqual(customFacts.map(({ resourceType }) => resourceType));
  });

  it('judges by the others where the code of one cannot be loaded, however often that is tried', async () => {
    const copy = new CopiedProject();
    const [broken] = customFacts;
    copy.edit(
      `controls/${broken?.id}/evaluate.ts`,
      'export ',
      'if (Math.random() < 2) throw new Error("cannot be loaded");\nexport ',
    );
    const { handler } = run(bundleRuleFunction(sources, copy.root));
    copy.remove();

    for (let time = 0; time < 2; time += 1) {
      for (const facts of customFacts) {
        if (facts === broken) await expect(handler(eventFor(facts))).rejects.toThrow();
        else await handler(eventFor(facts));
      }
    }

    const others = customFacts.filter((facts) => facts !== broken).map(({ resourceType }) => resourceType);
    expect(evaluated()).toEqual([...others, ...others]);
  });

  it("loads nothing of the runtime's SDK to report an item and send a finding", async () => {
    const { handler, loaded } = run(bundleRuleFunction(sources));

    await handler(
      invocationEvent(
        { configurationItem: doorItem({ configuration: null }) },
        { configRuleName: 'staunch-security-group-open-ports' },
      ),
    );

    expect(aws.calls().map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['PutEvaluations', 'SendMessage']),
    );
    expect([...loaded].filter((id) => !id.startsWith('node:'))).toEqual([]);
  });

  it('is plain ASCII', () => {
    const code = bundleRuleFunction(sources);
    expect(Buffer.byteLength(code)).toBe(code.length);
  });
});
