import { resourceTypes } from '../../../resources/resource-types';
import { main } from '../../../scripts/new/main';
import { RegistryError, withLine } from '../../../scripts/new/registry-line';
import { NewProject } from '../../scripts/support/new-project';

let said: string[];

function listen(): void {
  said = [];
  vi.spyOn(console, 'log').mockImplementation((line) => said.push(String(line)));
  vi.spyOn(console, 'error').mockImplementation((line) => said.push(String(line)));
}

afterEach(() => vi.restoreAllMocks());

describe('a new resource type and a control of it', () => {
  const project = new NewProject();
  let written: string[];

  beforeAll(() => {
    listen();
    expect(main(['resource', 'AWS::Example::Lamp', 'lamp'], project.folder)).toBe(0);
    expect(main(['control', 'lamp-left-on', 'AWS::Example::Lamp'], project.folder)).toBe(0);
    written = said.filter((line) => line.endsWith('.ts'));
  });

  afterAll(() => project.remove());

  it('have nothing of which a linter says that it has to be mended before anything is written', () => {
    expect(written.length).toBeGreaterThan(18);
    expect(project.lint(written)).toBe('');
  });

  it('add one line to each registry, and a formatter has nothing to do there', () => {
    for (const file of [
      'resources/resource-types.ts',
      'resources/registry.ts',
      'resources/api-forms.ts',
      'resources/walks.ts',
      'sandbox/resources/recorded.ts',
      'sandbox/resources/planted.ts',
      'bench/items/registry.ts',
      'bench/patrol/holdings/registry.ts',
      'test/resources/walked/registry.ts',
      'test/resources/examples/registry.ts',
      'test/faults/resource-types/registry.ts',
    ]) {
      const added = project
        .text(file)
        .split('\n')
        .filter((line) => /lamp/i.test(line));
      expect([file, added.length]).toEqual([file, 2]);
    }
    expect(project.text('infra/bundle-limits.ts')).toContain("\n  'staunch-remediate-lamp': 0,\n");
  });
});

describe('npm run new', () => {
  const project = new NewProject(['resources', 'controls']);

  beforeEach(listen);
  afterAll(() => project.remove());

  it('overwrites nothing', () => {
    const before = project.text('resources/registry.ts');
    expect(main(['resource', 'AWS::S3::Bucket', 'bucket'], project.folder)).toBe(1);
    expect(said.join('\n')).toContain('exists already; nothing was written.');
    expect(project.text('resources/registry.ts')).toBe(before);
  });

  it.each([
    [[]],
    [['resource', 'Lamp', 'lamp']],
    [['resource', 'AWS::Example::Lamp', '../lamp']],
    [['control', 'Lamp', 'AWS::Example::Lamp']],
    [['control', 'lamp', 'AWS::Example::Lamp', 'more']],
  ])('says how it is used: %j', (args) => {
    expect(main(args, project.folder)).toBe(2);
    expect(said.join('\n')).toContain('npm run new -- resource AWS::Example::Lamp lamp');
  });

  it('says how it is used to whoever asks for it, and that is no error', () => {
    expect(main(['--help'], project.folder)).toBe(0);
    expect(console.error).not.toHaveBeenCalled();
    expect(said.join('\n')).toContain('npm run new -- control lamp-left-on AWS::Example::Lamp');
  });

  it.each([[['control', 'lamp-left-on']], [['control', 'lamp-left-on', 'AWS::Example::Lamp']]])(
    'says which resource types a control may be about: %j',
    (args) => {
      expect(main(args, project.folder)).toBe(2);
      for (const type of Object.keys(resourceTypes)) expect(said.join('\n')).toContain(type);
    },
  );
});

it('says so where a registry is not as it knows it', () => {
  const line = { file: 'a.ts', declaration: 'all', importLine: '', entry: '' };
  expect(() => withLine('export const none = [];', line)).toThrow(RegistryError);
});
