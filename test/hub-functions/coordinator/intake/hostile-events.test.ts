import { readHostileEvents } from '../../../support/hostile-events';

it('events that are malformed or hostile are refused, or lead to looks at what can exist', () => {
  const { looks, walks } = readHostileEvents(1_500, 20_261_123);
  // Not all of them are refused at the first glance.
  expect(looks).toBeGreaterThan(80);
  expect(walks).toBeGreaterThan(30);
});
