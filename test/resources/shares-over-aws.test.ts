import { fixAndUndoLists, sharedTypes } from './shares-over-aws';

it.each(sharedTypes)('takes nobody who may stay from a list, and gives all back: $name', async (type) => {
  await fixAndUndoLists(type, 100, 20_261_127);
});
