import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A resource type that a control may be about, as its folder declares it. */
export interface KnownType {
  /** AWS's name of it. */
  type: string;
  /** Names its folder under `resources/`. */
  slug: string;
  /** The interface of its model. */
  model: string;
  /** How its model is filled from items. */
  items: string;
}

/**
 * The resource types of a checkout, by what their files say: they may be half written, so that nothing of them is run.
 * @param root the project's folder
 */
export function knownTypes(root: string): KnownType[] {
  return readdirSync(join(root, 'resources')).flatMap((slug) => {
    const textOf = (file: string): string => {
      const path = join(root, 'resources', slug, file);
      return existsSync(path) ? readFileSync(path, 'utf8') : '';
    };
    const [, type] = /^ {2}type: '([^']+)',$/m.exec(textOf('facts.ts')) ?? [];
    const [, items, model] = /export const (\w+): ConfigurationItems<(\w+)>/.exec(textOf('model.ts')) ?? [];
    return type && items && model ? [{ type, slug, model, items }] : [];
  });
}
