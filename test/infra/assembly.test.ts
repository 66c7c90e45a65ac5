import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssemblyError, readAssembly } from '../../infra/assembly';

describe('readAssembly', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'staunch-assembly-test-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (file: string, value: unknown) => writeFileSync(join(folder, file), JSON.stringify(value));

  /** An assembly with one stack, whose stack set deploys the template behind `key`. */
  function writeAssembly(key: string): void {
    write('manifest.json', {
      version: '1',
      artifacts: {
        'hub.assets': { type: 'cdk:asset-manifest', properties: { file: 'hub.assets.json' } },
        hub: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://222222222222/eu-west-1',
          properties: { templateFile: 'hub.template.json' },
        },
      },
    });
    write('hub.template.json', {
      Resources: {
        Set: {
          Type: 'AWS::CloudFormation::StackSet',
          Properties: {
            StackSetName: 'members',
            TemplateURL: { 'Fn::Sub': `https://s3.eu-west-1.\${AWS::URLSuffix}/assets/${key}` },
          },
        },
      },
    });
    write('hub.assets.json', {
      version: '1',
      files: {
        one: {
          source: { path: 'member.json', packaging: 'file' },
          destinations: { here: { bucketName: 'assets', objectKey: 'abc.json' } },
        },
      },
    });
    write('member.json', { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  }

  it("finds the template behind a stack set's URL", () => {
    writeAssembly('abc.json');
    const { stacks, memberTemplates } = readAssembly(folder);
    expect(stacks).toEqual([
      expect.objectContaining({ stackName: 'hub', account: '222222222222', region: 'eu-west-1' }),
    ]);
    expect(memberTemplates).toEqual([
      {
        stackSetName: 'members',
        templateFile: join(folder, 'member.json'),
        template: { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } },
      },
    ]);
  });

  it('refuses an assembly that lacks the template of a stack set', () => {
    writeAssembly('other.json');
    expect(() => readAssembly(folder)).toThrow(AssemblyError);
    expect(() => readAssembly(folder)).toThrow(/members/);
  });

  it('says what to do when the folder is no assembly', () => {
    expect(() => readAssembly(folder)).toThrow(/Synthesize the app again/);
  });
});
