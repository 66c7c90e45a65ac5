import { readHostileEvents } from '../support/hostile-events';

it('10,000 events that are malformed or hostile are refused, or lead to looks at what can exist', () => {
  expect(readHostileEvents(10_000, 20_261_124)).toMatchObject({ looks: expect.any(Number) });
}, 600_000);
