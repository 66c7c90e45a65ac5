import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parameterDescriptions } from '../../controls/parameter-descriptions';
import { controls, customControls } from '../../controls/registry';
import { withBlocks } from '../../scripts/docs/blocks';
import { madePages, pageOf } from '../../scripts/docs/pages';

const root = join(__dirname, '..', '..');

describe('what the pages hold of the code', () => {
  it.each(Object.keys(madePages))('is on %s as the code says it', (path) => {
    // Otherwise: npm run docs
    const { now, made } = pageOf(path);
    expect(now).toBe(made);
  });

  it('has a page for each control, and no other', () => {
    expect(readdirSync(join(root, 'docs', 'controls')).sort()).toEqual(
      controls.map(({ id }) => `${id}.md`).sort(),
    );
  });

  it.each(controls)(
    '$id has a page that says what counts, what the fix does, and its side effects',
    ({ id, kind }) => {
      expect(existsSync(join(root, 'docs', 'controls', `${id}.md`))).toBe(true);
      const { now } = pageOf(`docs/controls/${id}.md`);
      const sections = [...now.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
      expect(sections).toEqual(
        kind === 'custom'
          ? ['What counts', 'Exceptions', 'Parameters', 'The fix', 'Side effects', 'IAM']
          : ['What counts', 'Exceptions', 'Parameters', 'What to do'],
      );
    },
  );

  it.each(customControls)('describes every parameter of $id, and no other', ({ id, parameters }) => {
    const described = Object.keys(parameterDescriptions[id] ?? {});
    for (const name of Object.keys(parameters.parse({}) as object)) expect(described).toContain(name);
    for (const name of described) {
      const { error } = parameters.safeParse({ [name]: Number.NaN });
      expect(error?.issues.map(({ code }) => code)).not.toContain('unrecognized_keys');
    }
  });
});

describe('a page with marks', () => {
  const page = 'a\n<!-- made of the code: x -->\nold\n<!-- end -->\nb';

  it('gets what the code says between them, and keeps the rest', () => {
    expect(withBlocks(page, { x: 'new' })).toBe('a\n<!-- made of the code: x -->\nnew\n<!-- end -->\nb');
  });

  it('may neither lack a mark nor have one that nothing is made for', () => {
    expect(() => withBlocks('a', { x: 'new' })).toThrow('lacks the mark x');
    expect(() => withBlocks(page, {})).toThrow('mark x');
  });
});
