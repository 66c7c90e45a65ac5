import { queue as realQueue } from '../../resources/queue';
import { resourceTypes } from '../../resources/resource-types';
import { examples } from './examples/registry';
import { missing, missingParts } from './missing-parts';

it('names each part of a resource type that is not there, and where it belongs', () => {
  expect(missing('test/resources/examples/lamp.ts', { ids: () => [] }, { ids: true, dangers: true })).toEqual(
    ['test/resources/examples/lamp.ts: dangers'],
  );
});

it('misses nothing of a type that is whole, and what is taken from it', () => {
  for (const name of Object.keys(resourceTypes) as (keyof typeof resourceTypes)[]) {
    expect(missingParts(name)).toEqual([]);
  }
  const queue: object = realQueue;
  const whole = { ...queue };
  const { dangers } = examples['AWS::SQS::Queue'];
  try {
    Reflect.deleteProperty(queue, 'applyChanges');
    Reflect.deleteProperty(examples['AWS::SQS::Queue'], 'dangers');
    expect(missingParts('AWS::SQS::Queue')).toEqual([
      'resources/queue/: applyChanges',
      'test/resources/examples/queue.ts: dangers',
    ]);
  } finally {
    Object.assign(queue, whole);
    Object.assign(examples['AWS::SQS::Queue'], { dangers });
  }
});
