import { createRequire } from 'node:module';
import { customFacts } from '../../controls/facts';
import { bundleRuleFunction } from '../../infra/bundle';
import { doorItem, invocationEvent } from '../member-functions/rule/support';
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

/** Runs a bundle with clients that record what is sent. */
function run(code: string): { handler: Handler; evaluated: string[]; loaded: Set<string> } {
  const evaluated: string[] = [];
  const loaded = new Set<string>();
  class Client {
    async send({ constructor: { name }, input }: { constructor: { name: string }; input: unknown }) {
      if (name !== 'PutEvaluationsCommand') return { PublicAccessBlockConfiguration: {} };
      const { Evaluations } = input as { Evaluations: { ComplianceResourceType: string }[] };
      evaluated.push(...Evaluations.map(({ ComplianceResourceType }) => ComplianceResourceType));
      return {};
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
  return { handler: module.exports.handler, evaluated, loaded };
}

const variables = {
  HUB_REGION: 'eu-west-1',
  REMEDIATION_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/222222222222/staunch-remediation',
};

describe('the bundle of all rules', () => {
  const before = { ...process.env };

  beforeAll(() => {
    Object.assign(process.env, variables);
    for (const level of ['info', 'warn', 'error'] as const)
      vi.spyOn(console, level).mockImplementation(() => {});
  });

  afterAll(() => {
    process.env = before;
  });

  it('judges for the rule of every control', async () => {
    const { handler, evaluated } = run(bundleRuleFunction(sources));

    for (const facts of customFacts) await handler(eventFor(facts));

    expect(evaluated).toEqual(customFacts.map(({ resourceType }) => resourceType));
  });

  it('judges by the others where the code of one cannot be loaded, however often that is tried', async () => {
    const copy = new CopiedProject();
    const [broken] = customFacts;
    copy.edit(
      `controls/${broken?.id}/evaluate.ts`,
      'export ',
      'if (Math.random() < 2) throw new Error("cannot be loaded");\nexport ',
    );
    const { handler, evaluated } = run(bundleRuleFunction(sources, copy.root));
    copy.remove();

    for (let time = 0; time < 2; time += 1) {
      for (const facts of customFacts) {
        if (facts === broken) await expect(handler(eventFor(facts))).rejects.toThrow();
        else await handler(eventFor(facts));
      }
    }

    const others = customFacts.filter((facts) => facts !== broken).map(({ resourceType }) => resourceType);
    expect(evaluated).toEqual([...others, ...others]);
  });

  it('loads the client of the queue with the first finding, and none that it does not use', async () => {
    const { handler, loaded } = run(bundleRuleFunction(sources));
    const clients = () => [...loaded].filter((id) => id.startsWith('@aws-sdk/client-'));
    expect(clients()).toEqual(['@aws-sdk/client-config-service']);

    const item = doorItem({ resourceType: 'AWS::EC2::SecurityGroup', resourceId: 'x', configuration: null });
    const invoke = (configurationItem: object) =>
      handler(
        invocationEvent({ configurationItem }, { configRuleName: 'staunch-security-group-open-ports' }),
      );
    await invoke({ ...item, configurationItemStatus: 'ResourceDeleted' });
    expect(clients()).toEqual(['@aws-sdk/client-config-service']);

    await invoke(item);
    expect(clients()).toEqual(['@aws-sdk/client-config-service', '@aws-sdk/client-sqs']);
  });

  it('is plain ASCII', () => {
    const code = bundleRuleFunction(sources);
    expect(Buffer.byteLength(code)).toBe(code.length);
  });
});
