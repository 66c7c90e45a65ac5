import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { CustomControl } from '../../controls/control';
import { parameterDescriptions } from '../../controls/parameter-descriptions';
import { controls, customControls } from '../../controls/registry';
import { factsOf } from '../../resources/resource-types';
import { withBlocks } from '../../scripts/docs/blocks';
import { controlBlocks, parameterNames } from '../../scripts/docs/control-blocks';
import { fileOf, madeFiles, madePages, pageOf } from '../../scripts/docs/pages';

const root = join(__dirname, '..', '..');

describe('what the pages hold of the code', () => {
  it.each(Object.keys(madePages))('is on %s as the code says it', (path) => {
    // Otherwise: npm run docs
    const { now, made } = pageOf(path);
    expect(now).toBe(made);
  });

  it.each(Object.entries(madeFiles))('is %s, as the code says it', (path, make) => {
    // Otherwise: npm run docs
    expect(fileOf(path)).toBe(make());
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
    expect(described.sort()).toEqual(parameterNames(parameters).sort());
  });

  it.each(customControls)('shows on the page of $id all that the patrol may do', ({ id, resourceType }) => {
    const rows = pageOf(`docs/controls/${id}.md`)
      .now.split('\n')
      .filter((line) => line.startsWith('| `staunch-patrol` |'));
    const shown = rows.flatMap((row) => [...row.matchAll(/`(\w+:\w+)`/g)].map(([, action]) => action));
    const { patrolPermissions } = factsOf(resourceType);
    expect(shown).toEqual(patrolPermissions.flatMap(({ actions }) => actions));
  });

  it('renders no page of a control with a parameter that nobody described', () => {
    const [control] = customControls as [CustomControl];
    const parameters = z.strictObject({ brightness: z.optional(z.number()) });
    expect(() => controlBlocks({ ...control, parameters })).toThrow(
      `controls/${control.id}/parameter-descriptions.ts does not describe brightness.`,
    );
  });

  it.each(controls)('has prose in each section of the page of $id', ({ id }) => {
    const [, ...sections] = pageOf(`docs/controls/${id}.md`).now.split(/^## /m);
    const empty = sections
      .map((section) => section.replace(/<!--.*-->/g, '').trim())
      .filter((section) => !section.includes('\n'));
    expect(empty).toEqual([]);
  });

  it('counts the controls in the changelog, and names them', () => {
    const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').replaceAll(/\n {2}/g, ' ');
    const count = [
      ...['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'],
      ...['Eleven', 'Twelve', 'Thirteen', 'Fourteen', 'Fifteen', 'Sixteen'],
    ];
    const number = count[customControls.length] ?? String(customControls.length);
    const [, named = ''] =
      new RegExp(`^- ${number} controls that Staunch evaluates and fixes itself, (.*)$`, 'm').exec(
        changelog,
      ) ?? [];
    for (const { id } of controls) expect(named).toContain(`\`${id}\``);
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
