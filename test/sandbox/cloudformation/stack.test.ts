// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Fn::Sub is written.
import { ResourceError, TemplateError } from '../../../sandbox/cloudformation/errors';
import { createStack } from '../../../sandbox/cloudformation/stack';
import { parseTemplate } from '../../../sandbox/cloudformation/template';
import { UnsupportedError } from '../../../sandbox/failures';
import { journalHandler, stackOf } from './fakes';

const Type = 'Test::Resource';

function create(template: Record<string, unknown>, journal: string[] = []) {
  const { request, environment } = stackOf(template, { [Type]: journalHandler(journal) });
  return createStack(request, environment);
}

describe('createStack', () => {
  it('creates a resource after those that it refers to, whatever the order in the template', async () => {
    const journal: string[] = [];
    await create(
      {
        Resources: {
          Last: { Type, Properties: { a: { 'Fn::Sub': '${Middle.Arn}' } } },
          Middle: { Type, DependsOn: 'First' },
          First: { Type },
        },
      },
      journal,
    );
    expect(journal.filter((entry) => entry.startsWith('created'))).toEqual([
      'created First',
      'created Middle',
      'created Last',
    ]);
    expect(journal.indexOf('create Middle')).toBeGreaterThan(journal.indexOf('created First'));
  });

  it('creates resources that do not wait for each other at the same time', async () => {
    const journal: string[] = [];
    await create({ Resources: { A: { Type }, B: { Type } } }, journal);
    expect(journal).toEqual(['create A', 'create B', 'created A', 'created B']);
  });

  it('hands over properties with everything worked out, and answers with outputs', async () => {
    const stack = await create({
      Parameters: {
        Size: { Type: 'Number', Default: 3 },
        List: { Type: 'CommaDelimitedList', Default: 'a, b' },
      },
      Mappings: { Sizes: { 'eu-west-1': { small: 'S' } } },
      Conditions: { Home: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } },
      Resources: {
        A: {
          Type,
          Properties: {
            size: { Ref: 'Size' },
            list: { Ref: 'List' },
            mapped: { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] },
            absent: { Ref: 'AWS::NoValue' },
            chosen: { 'Fn::If': ['Home', { Ref: 'AWS::AccountId' }, { Ref: 'AWS::NoValue' }] },
          },
        },
      },
      Outputs: {
        Properties: { Value: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['A', 'Arn'] }]] } },
        Name: { Value: { Ref: 'AWS::StackName' } },
        Size: { Value: { Ref: 'A' } },
      },
    });
    expect(stack.outputs).toEqual({ Properties: 'arn-A', Name: 'stack', Size: 'ref-A' });
    const journal: string[] = [];
    const handler = journalHandler(journal);
    const given: unknown[] = [];
    const { request, environment } = stackOf(
      {
        Resources: { A: { Type, Properties: { a: { Ref: 'AWS::NoValue' }, b: { Ref: 'AWS::Partition' } } } },
      },
      {
        [Type]: {
          create: (properties, context) => {
            given.push(properties);
            return handler.create(properties, context);
          },
        },
      },
    );
    await createStack(request, environment);
    expect(given).toEqual([{ b: 'aws' }]);
  });

  it('leaves out a resource whose condition is false, and what depends on it does not wait', async () => {
    const journal: string[] = [];
    await create(
      {
        Conditions: { Away: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } },
        Resources: {
          Conditional: { Type: 'Unknown::But::Never::Created', Condition: 'Away' },
          Dependent: {
            Type,
            DependsOn: ['Conditional'],
            Properties: { a: { 'Fn::If': ['Away', { Ref: 'Conditional' }, 'else'] } },
          },
        },
      },
      journal,
    );
    expect(journal).toEqual(['create Dependent', 'created Dependent']);
  });

  it('names the circle when resources wait for each other', async () => {
    const circle = create({
      Resources: {
        A: { Type, Properties: { a: { Ref: 'B' } } },
        B: { Type, Properties: { a: { 'Fn::Sub': ['${x}', { x: { Ref: 'C' } }] } } },
        C: { Type, DependsOn: 'A' },
      },
    });
    await expect(circle).rejects.toThrow('A → B → C → A');
  });

  it('names type and logical id of a resource type that it does not know, before anything is created', async () => {
    const journal: string[] = [];
    const unknown = create({ Resources: { A: { Type }, Strange: { Type: 'AWS::Odd::Thing' } } }, journal);
    await expect(unknown).rejects.toThrow(UnsupportedError);
    await expect(unknown).rejects.toThrow(/AWS::Odd::Thing \(Strange in stack\)/);
    expect(journal).toEqual([]);
  });

  it('refuses a reference to something that does not exist', async () => {
    const dangling = create({ Resources: { A: { Type, Properties: { a: { Ref: 'Nowhere' } } } } });
    await expect(dangling).rejects.toThrow(TemplateError);
    await expect(dangling).rejects.toThrow('A refers to Nowhere');
  });

  it('refuses an attribute that the handler does not give', async () => {
    const attribute = create({
      Resources: { A: { Type }, B: { Type, Properties: { a: { 'Fn::GetAtt': 'A.Odd' } } } },
    });
    await expect(attribute).rejects.toThrow('attribute Odd of A (Test::Resource)');
  });

  it('says which resource failed and why, after what had begun has ended', async () => {
    const journal: string[] = [];
    const failing = create(
      {
        Resources: {
          Dependent: { Type, DependsOn: 'Broken' },
          Broken: { Type, Properties: { Fail: true } },
          Other: { Type },
        },
      },
      journal,
    );
    await expect(failing).rejects.toThrow(ResourceError);
    await expect(failing).rejects.toThrow(
      'stack in 222222222222/eu-west-1: Broken (Test::Resource): AWS says no',
    );
    expect(journal).toContain('created Other');
    expect(journal).not.toContain('create Dependent');
  });

  it('takes the bootstrap version for any, and refuses another SSM parameter', async () => {
    const parameter = (Default: string) => ({
      Parameters: { Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default } },
      Resources: { A: { Type, Properties: { a: { Ref: 'Version' } } } },
    });
    await expect(create(parameter('/cdk-bootstrap/hnb659fds/version'))).resolves.toBeDefined();
    await expect(create(parameter('/another'))).rejects.toThrow(UnsupportedError);
  });

  it('refuses a template section and a resource attribute that it does not know', async () => {
    const { Resources } = { Resources: { A: { Type } } };
    expect(() => create({ Resources, Transform: 'AWS::LanguageExtensions' })).toThrow(UnsupportedError);
    expect(() => create({ Resources: { A: { Type, CreationPolicy: {} } } })).toThrow(/CreationPolicy/);
  });
});

describe('update', () => {
  const functionType = 'AWS::Lambda::Function';
  const template = (S3Key: string, more: object = {}, name = 'tested', properties: object = {}) => ({
    Resources: {
      Role: { Type },
      Function: {
        Type: functionType,
        Properties: {
          FunctionName: name,
          Role: { Ref: 'Role' },
          Code: { S3Bucket: 'assets', S3Key },
          ...properties,
        },
        Metadata: { 'aws:asset:path': S3Key },
      },
      ...more,
    },
  });

  async function updated(next: object) {
    const given: unknown[] = [];
    const handler = journalHandler([]);
    const { request, environment } = stackOf(template('old.zip'), {
      [Type]: handler,
      [functionType]: {
        create: (properties, context) => {
          const path = context.asset('assets', 'any');
          given.push({ properties, path });
          return handler.create(properties, context);
        },
        mayDiffer: (name) => name !== 'FunctionName',
      },
    });
    const stack = await createStack({ ...request, asset: () => 'old' }, environment);
    given.length = 0;
    await stack.update(parseTemplate(next, 'stack'), () => 'new');
    return given;
  }

  it('gives a function its new code, with everything worked out, from the new assembly', async () => {
    const Code = { S3Bucket: 'assets', S3Key: 'new.zip' };
    expect(await updated(template('new.zip'))).toEqual([
      { properties: { FunctionName: 'tested', Role: 'ref-Role', Code }, path: 'new' },
    ]);
  });

  it('gives a function another environment', async () => {
    const Environment = { Variables: { A: 'b' } };
    const next = template('old.zip', {}, 'tested', { Environment });
    expect(await updated(next)).toMatchObject([{ properties: { Environment } }]);
  });

  it('changes nothing where nothing differs', async () => {
    expect(await updated(template('old.zip'))).toEqual([]);
  });

  it.each([
    ['another property', template('new.zip', {}, 'renamed'), /Function of stack differs/],
    [
      'a parameter',
      { ...template('new.zip'), Parameters: { Name: { Type: 'String' } } },
      /Parameters of stack differs/,
    ],
  ])('refuses %s', async (_what, next, message) => {
    await expect(updated(next)).rejects.toThrow(message);
  });
});

describe('remove', () => {
  const template = {
    Resources: {
      First: { Type },
      Second: { Type, Properties: { a: { Ref: 'First' } } },
      Kept: { Type, DeletionPolicy: 'Retain' },
    },
  };

  it('removes what depends on another first, and keeps what the template retains', async () => {
    const journal: string[] = [];
    const stack = await create(template, journal);
    journal.length = 0;
    await stack.remove();
    expect(journal).toEqual(['removed Second', 'removed First']);
  });

  it('removes nothing when one of the resources cannot be removed, and names its type', async () => {
    const journal: string[] = [];
    const { request, environment } = stackOf(
      { Resources: { ...template.Resources, Stuck: { Type: 'Test::Stuck' } } },
      {
        [Type]: journalHandler(journal),
        'Test::Stuck': { create: async () => ({ ref: 'stuck', attributes: {} }) },
      },
    );
    const stack = await createStack(request, environment);
    journal.length = 0;
    await expect(stack.remove()).rejects.toThrow(/cannot remove: Test::Stuck/);
    expect(journal).toEqual([]);
  });
});
