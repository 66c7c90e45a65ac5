import { stackIn } from '../../../resources/kit/stack';

it('a resource belongs to the stack that its tag names', () => {
  const tags = [
    { Key: 'team', Value: 'a' },
    { Key: 'aws:cloudformation:stack-name', Value: 'web' },
  ];
  expect(stackIn(tags)).toEqual({ stack: 'web' });
});

it.each([
  undefined,
  [],
  [{ Key: 'cloudformation:stack-name', Value: 'web' }],
  [{ Key: 'aws:cloudformation:stack-name' }],
])('a resource with tags %o belongs to none', (tags) => {
  expect(stackIn(tags)).toEqual({});
});
