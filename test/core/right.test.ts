import { type OrderName, type Right, rightOf } from '../../core/right';

describe('the right that an order takes', () => {
  it.each<[OrderName, Right | undefined]>([
    ['approve', 'approve'],
    ['deny', 'deny'],
    ['undo', 'undo'],
    ['exempt', 'exempt'],
    ['retry', 'retry'],
    ['pause', 'pause'],
    ['resume', 'thaw'],
    ['policy', 'preview'],
    ['findings', 'view'],
    ['finding', 'view'],
    ['whoami', undefined],
  ])('%s takes %s', (order, right) => {
    expect(rightOf({ order })).toBe(right);
  });
});
