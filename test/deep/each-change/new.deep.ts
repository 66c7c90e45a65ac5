import { main } from '../../../scripts/new/main';
import { expectMissingParts, NewProject } from '../../scripts/support/new-project';

describe('a new resource type and a control of it', () => {
  const project = new NewProject();

  afterAll(() => {
    vi.restoreAllMocks();
    project.remove();
  });

  it('ask for nothing in the whole project but their own missing parts', () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    expect(main(['resource', 'AWS::Example::Lamp', 'lamp'], project.folder)).toBe(0);
    expect(main(['control', 'lamp-left-on', 'AWS::Example::Lamp'], project.folder)).toBe(0);

    expectMissingParts(project.typeErrors());
  }, 180_000);
});
