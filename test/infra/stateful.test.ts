import { statefulIn } from '../neighbours/stateful';
import { assemble, stackTemplate } from './support/assemble';

const before: Record<string, unknown> = require('../fixtures/previous/stateful.json');

describe('an update from the version before', () => {
  it.each(['off', 'on'] as const)(
    'replaces nothing of the hub that holds something, with a flag %s',
    async (flag) => {
      const now = statefulIn(stackTemplate(await assemble(flag), 'staunch-hub'));
      expect(Object.keys(before).length).toBeGreaterThan(10);
      expect(now).toMatchObject(before);
    },
  );
});
